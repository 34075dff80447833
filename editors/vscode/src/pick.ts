// Questions that a palette command asks before it can run: which spec, which stage, which of the server's items.
import { type QuickPickItem, Uri, window } from 'vscode';
import type { Item, SpecStatus, State } from './contract';
import { belongsTo, inSpecFolder, ours, stageOf, statusOf } from './specs';
import { icon } from './view';

/** A spec as commands take it, with its status where the server has told it. */
export interface Chosen {
  spec: string;
  stage?: string;
  status?: SpecStatus;
}

/** The spec of the active editor, else the only one, else the one the user picks. */
export async function chooseSpec(state: State | undefined): Promise<Chosen | undefined> {
  const uri = window.activeTextEditor?.document.uri;
  if (uri && uri.scheme === 'file' && inSpecFolder(uri.path)) {
    return { spec: uri.toString(), stage: stageOf(uri.path), status: statusOf(uri.path, state?.specs ?? []) };
  }
  const specs = ours(state?.specs ?? []);
  if (specs.length === 0) {
    void window.showInformationMessage('There is no spec here yet. Run "Rutter: New Spec" to write one.');
    return undefined;
  }
  const status = await pickOne(specs, 'Which spec?', ({ spec, stages }) => ({ label: spec, description: stages.map((s) => `${s.stage} ${s.state}`).join(', ') }));
  return status && { spec: status.spec, status };
}

/** The stage of the active document, else one that waits for approval. */
export async function chooseStage({ spec, stage, status }: Chosen): Promise<string | undefined> {
  if (stage !== undefined) return stage;
  const open = status?.stages.filter(({ state }) => state === 'draft' || state === 'stale') ?? [];
  if (open.length === 0) void window.showInformationMessage(`Nothing in ${status?.spec ?? spec} waits for approval.`);
  return (await pickOne(open, 'Approve which stage?', ({ stage, state }) => ({ label: stage, description: state })))?.stage;
}

/** The open decisions: those of the active document's spec where it has some, else all. */
export function decisions(state: State | undefined): Item[] {
  const all = state?.view?.sections.find(({ id }) => id === 'waits')?.items.filter(({ kind }) => kind === 'decision') ?? [];
  const path = window.activeTextEditor?.document.uri.path ?? '';
  const here = all.filter(({ items }) => belongsTo(path, Uri.parse(String(items?.[0]?.argument?.['spec'])).path));
  return here.length > 0 ? here : all;
}

/** One of the items; of one that only unfolds, one of its own. */
export async function chooseItem(items: Item[], title: string): Promise<Item | undefined> {
  const item = await pickOne(items, title, ({ kind, label, detail }) => ({ label: `$(${icon(kind)}) ${label}`, description: detail }), true);
  return item?.items && !item.command && !item.open ? chooseItem(item.items, item.label) : item;
}

async function pickOne<T>(values: T[], title: string, item: (value: T) => QuickPickItem, always = false): Promise<T | undefined> {
  if (values.length === 0 || (values.length === 1 && !always)) return values[0];
  return (await window.showQuickPick(values.map((value) => ({ ...item(value), value })), { title, matchOnDescription: true }))?.value;
}
