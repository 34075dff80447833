// Which spec and stage a document belongs to, by its path alone. The server has the last word.
import type { SpecStatus } from './contract';

const SPECS = '/.kiro/specs/';

/** True for a document anywhere below a `.kiro/specs` folder. `path` is a URI's path. */
export function inSpecFolder(path: string): boolean {
  return path.includes(SPECS);
}

/** The specs that commands change: those of other tools are read only. */
export function ours(specs: SpecStatus[]): SpecStatus[] {
  return specs.filter((spec) => !spec.read_only);
}

/** The status of the spec that a document belongs to; of nested specs the innermost. */
export function statusOf(path: string, specs: SpecStatus[]): SpecStatus | undefined {
  return ours(specs).filter(({ spec }) => path.includes(`${SPECS}${spec}/`)).sort((a, b) => b.spec.length - a.spec.length)[0];
}

/** The stage that a document is, by its name. */
export function stageOf(path: string): string | undefined {
  const name = /\/(requirements|bugfix|design|tasks)\.md$/.exec(path)?.[1];
  return name === 'bugfix' ? 'requirements' : name;
}

/** True when a document belongs to `spec`: a path below `.kiro/specs/`, or the path of a URI of a spec's folder or of a file in it. */
export function belongsTo(path: string, spec: string): boolean {
  if (!inSpecFolder(path)) return false;
  if (!inSpecFolder(spec)) return path.includes(`${SPECS}${spec}/`);
  const folder = parent(spec);
  return path.startsWith(`${spec.replace(/\/$/, '')}/`) || (inSpecFolder(`${folder}/`) && !`${folder}/`.endsWith(SPECS) && parent(path) === folder);
}

const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));
