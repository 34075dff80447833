// Everything in a spec is alive: a 5 becomes a 3, and code and test show it, with the history of a real repository.
const assert = require('node:assert');
const fs = require('node:fs');
const vscode = require('vscode');
const t = require('./lib');

const REQUIREMENTS = '.kiro/specs/lockout/requirements.md';
const TASKS = '.kiro/specs/lockout/tasks.md';
const SOURCE = 'src/lockout.ts';
const TEST = 'tests/lockout.test.ts';
const tasks = (mark) => `# Implementation Plan\n\n- [${mark}] 1. Lock accounts at the gate\n  - _Requirements: 1.1_\n- [ ] 2. Refuse\n  - _Requirements: 1.2_\n`;
const source = (body) => `export const WORDS = 1;\n\n// spec:lockout#1.1\nexport function locks(wrong: number): boolean {\n  return ${body};\n}\n\n// spec:lockout#1.2\nexport function refuses(locked: boolean): boolean {\n  return locked;\n}\n`;
const git = (...args) => t.shell('git', ...args);

exports['a task was ticked and committed with its code'] = async () => {
  fs.rmSync(t.at('.git'), { recursive: true });
  t.write(REQUIREMENTS, t.SPEC);
  t.write(TASKS, tasks(' '));
  t.write(SOURCE, source('false'));
  t.write(TEST, "import { locks } from '../src/lockout';\n\nit('locks after five (Validates: spec:lockout#1.1)', () => {\n  expect(locks(5)).toBe(true);\n});\n");
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Plan');
  t.write(TASKS, tasks('x'));
  t.write(SOURCE, source('wrong >= 5'));
  git('commit', '--quiet', '--all', '--message', 'Lock accounts\n\nSpec-Task: lockout#1');
  await t.started();
  await t.show(TEST);
  await t.show(SOURCE);
  await t.lens('lockout 1.1 · task 1 · 1 test');
};

exports['an unsaved edit of the requirement is shown at code and test, and gone with undo'] = async () => {
  await t.show(REQUIREMENTS);
  await t.replace('wrong 5 times', 'wrong 3 times');
  for (const file of [SOURCE, TEST]) {
    const found = await t.finding('trace/drift', file);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Hint, file);
  }
  await t.run('undo');
  await t.until('nothing is shown', () => [SOURCE, TEST].every((file) => t.findings(file).length === 0));
};

exports['changed code is shown at its task, a comment is not'] = async () => {
  await t.show(TASKS);
  await t.show(SOURCE);
  await t.replace('wrong >= 5;', 'wrong >= 4;');
  const found = await t.finding('trace/drift', TASKS);
  assert.match(found.message, /locks/);
  await t.replace('wrong >= 4;', 'wrong >= 5; // five');
  await t.until('a comment is no change', () => t.findings(TASKS).every(({ rule }) => rule !== 'trace/drift'));
};

exports['hover, definition and references go through spec, code and test'] = async () => {
  const { document } = vscode.window.activeTextEditor;
  const at = t.goTo('lockout#1.1').start.translate(0, 8);
  const ask = (provider) => t.run(`vscode.execute${provider}`, document.uri, at);
  const [hover] = await t.until('a hover', async () => (await ask('HoverProvider')).filter(({ contents }) => /lock the account/.test(contents[0].value)));
  assert.match(hover.contents[0].value, /1\.1/);
  const [target] = await ask('DefinitionProvider');
  assert.match((target.targetUri ?? target.uri).path, /lockout\/requirements\.md$/);
  const places = (await ask('ReferenceProvider')).map(({ uri, range }) => `${uri.path.split('/').at(-1)}:${range.start.line + 1}`).sort();
  assert.deepEqual(places, ['lockout.test.ts:3', 'lockout.ts:3', 'requirements.md:19', 'tasks.md:4']);
};
