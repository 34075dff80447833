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
  /** Ids that are stale. */
  items?: string[];
}

export interface Decision {
  id: string;
  text: string;
  choices: string[];
}

export interface SpecStatus {
  /** Path below `.kiro/specs/`, with `/`; of another tool's spec the name of its folder. */
  spec: string;
  /** Whose it is, where it is another tool's: `spec-kit` or `openspec`. */
  workflow?: string;
  /** Another tool's: no command changes it. */
  read_only?: boolean;
  stages: Stage[];
  decisions: Decision[];
  tasks?: { total: number; done: number; running: number; optional: number };
}

export interface Job {
  id: string;
  title: string;
  state: string;
}

/** `rutter/state`: the whole state, sent by the server whenever it changes. */
export interface State {
  specs: SpecStatus[];
  jobs: Job[];
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
