import { StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { View } from './contract';
import { icon } from './view';

/** The status bar item. A click shows what waits. */
export function statusItem(): StatusBarItem {
  const item = window.createStatusBarItem('rutter.status', StatusBarAlignment.Left);
  item.name = 'Rutter';
  item.command = 'rutter.ui.showStatus';
  return item;
}

/** Draws the summary; hides the item where there is nothing to say, or no server. */
export function draw(item: StatusBarItem, view: View | undefined): void {
  if (!view || view.sections.length === 0) return item.hide();
  item.text = ['$(compass) Rutter', ...view.summary.map(({ kind, text }) => `$(${icon(kind)}) ${text}`)].join(' ');
  const lines = view.sections.filter(({ id }) => id === 'specs' || id === 'jobs').flatMap(({ items }) => items);
  item.tooltip = lines.map(({ label, detail }) => `${label}: ${detail ?? ''}`).join('\n');
  item.show();
}
