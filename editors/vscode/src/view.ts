// The Rutter view: the server says what stands in it, this draws it.
import { type Disposable, EventEmitter, ThemeColor, ThemeIcon, type TreeDataProvider, TreeItem, TreeItemCollapsibleState, Uri, window } from 'vscode';
import type { Item, View } from './contract';

const COLOURS: Record<string, string> = { approved: 'testing.iconPassed', stale: 'list.warningForeground', untrusted: 'list.warningForeground' };
const ICONS: Record<string, string> = {
  approve: 'check', approved: 'pass', cancel: 'debug-stop', choice: 'circle-outline', decision: 'question', draft: 'edit', hook: 'zap',
  job: 'sync~spin', missing: 'circle-large-outline', next: 'arrow-right', off: 'circle-slash', run: 'play', spec: 'book', stale: 'warning',
  switch: 'settings', sync: 'sync', untrusted: 'shield',
};

/** The picture of a kind; of one that this shim doesn't know yet a plain one. */
export const icon = (kind: string): string => ICONS[kind] ?? 'circle-outline';

/** What a click on an item does, as VS Code runs it; nothing where it only unfolds. */
export function click({ label, command, argument, open }: Item): { title: string; command: string; arguments: unknown[] } | undefined {
  if (command !== undefined) return { title: label, command, arguments: [argument ?? {}] };
  return open === undefined ? undefined : { title: label, command: 'vscode.open', arguments: [Uri.parse(open)] };
}

export class RutterView implements TreeDataProvider<Item>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly tree = window.createTreeView('rutter.view', { treeDataProvider: this, showCollapseAll: true });
  private view: View | undefined;

  draw(view: View | undefined): void {
    this.view = view;
    const value = view?.sections.find(({ id }) => id === 'waits')?.items.length ?? 0;
    this.tree.badge = value === 0 ? undefined : { value, tooltip: `${value} waiting for you` };
    this.changed.fire();
  }

  getChildren(item?: Item): Item[] {
    return item ? (item.items ?? []) : (this.view?.sections ?? []).map(({ title, items }) => ({ label: title, kind: 'section', items }));
  }

  getTreeItem(item: Item): TreeItem {
    const folded = item.kind === 'section' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
    const tree = new TreeItem(item.label, item.items?.length ? folded : TreeItemCollapsibleState.None);
    tree.description = item.detail;
    tree.tooltip = item.detail ? `${item.label}\n${item.detail}` : item.label;
    tree.command = click(item);
    if (item.kind !== 'section') tree.iconPath = new ThemeIcon(icon(item.kind), COLOURS[item.kind] ? new ThemeColor(COLOURS[item.kind] as string) : undefined);
    return tree;
  }

  dispose(): void {
    this.tree.dispose();
    this.changed.dispose();
  }
}
