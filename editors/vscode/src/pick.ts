// Questions that a palette command asks before it can run: which spec, which stage, which decision.
import { type QuickPickItem, window } from 'vscode';
import type { SpecStatus, State } from './contract';
import { inSpecFolder, ours, stageOf, statusOf } from './specs';

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

/** An open decision and the number of the choice, from 1. `wanted` skips the first question. */
export async function chooseDecision({ spec, status }: Chosen, wanted?: string): Promise<{ decision: string; choice: number } | undefined> {
  const open = (status?.decisions ?? []).filter(({ id }) => wanted === undefined || id === wanted);
  if (open.length === 0) void window.showInformationMessage(`There is no open decision in ${status?.spec ?? spec}.`);
  const decision = await pickOne(open, 'Which decision?', ({ id, text }) => ({ label: text, description: id }));
  if (!decision) return undefined;
  const items = decision.choices.map((label, index) => ({ label, choice: index + 1 }));
  const picked = await window.showQuickPick(items, { title: decision.text, placeHolder: 'The first is the default' });
  return picked && { decision: decision.id, choice: picked.choice };
}

async function pickOne<T>(values: T[], title: string, item: (value: T) => QuickPickItem): Promise<T | undefined> {
  if (values.length <= 1) return values[0];
  return (await window.showQuickPick(values.map((value) => ({ ...item(value), value })), { title }))?.value;
}
