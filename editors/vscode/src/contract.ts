// The part of the server's contract that the shim reads. Field names are the server's.

/** What every `rutter.*` command answers. */
export interface Answer {
  uris: string[];
  change?: string;
  job?: string;
  message?: string;
}

/** `data` of an error that the server answers. */
export interface ErrorData {
  code?: string;
  hint?: string;
}

export interface Stage {
  stage: string;
  state: 'missing' | 'draft' | 'approved' | 'stale';
}

export interface SpecStatus {
  /** Path below `.kiro/specs/`, with `/`; of another tool's spec the name of its folder. */
  spec: string;
  /** Another tool's: no command changes it. */
  read_only?: boolean;
  stages: Stage[];
}

/** A line of the view. A click runs its command, or else opens its document; what has items unfolds. */
export interface Item {
  label: string;
  detail?: string;
  /** What it is, for its picture. */
  kind: string;
  open?: string;
  command?: string;
  argument?: Record<string, unknown>;
  items?: Item[];
}

export interface View {
  /** What the status line counts. */
  summary: { kind: string; text: string }[];
  sections: { id: string; title: string; items: Item[] }[];
}

/** `rutter/state`: the whole state, sent by the server whenever it changes. */
export interface State {
  specs: SpecStatus[];
  /** Absent from a server that is older than the view. */
  view?: View;
}

/** `rutter/input`: the server asks for one line of text. */
export interface InputParams {
  title: string;
  placeholder?: string;
  value?: string;
}

/** True for what a command answers; false for what another server's command might. */
export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && Array.isArray((value as Answer).uris);
}
