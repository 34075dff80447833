import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText, toShow } from '../src/answer';
import { belongsTo, inSpecFolder, stageOf, statusOf } from '../src/specs';

const status = (spec: string) => ({ spec, stages: [] });

test('a document is in a spec folder by its path alone', () => {
  assert.ok(inSpecFolder('/w/.kiro/specs/a/design.md'));
  assert.ok(inSpecFolder('/c:/w/.kiro/specs/team/a/.config.kiro'));
  assert.ok(!inSpecFolder('/w/.kiro/steering/product.md'));
  assert.ok(!inSpecFolder('/w/kiro/specs/a/design.md'));
});

test('of nested specs the innermost is meant, and a common beginning is not enough', () => {
  const specs = [status('a'), status('a/b'), status('ab')];
  assert.equal(statusOf('/w/.kiro/specs/a/b/tasks.md', specs)?.spec, 'a/b');
  assert.equal(statusOf('/w/.kiro/specs/a/tasks.md', specs)?.spec, 'a');
  assert.equal(statusOf('/w/.kiro/specs/ab/tasks.md', specs)?.spec, 'ab');
  assert.equal(statusOf('/w/.kiro/specs/abc/tasks.md', specs), undefined);
});

test('a document of ours never belongs to a spec of another tool', () => {
  assert.equal(statusOf('/w/.kiro/specs/auth/tasks.md', [{ ...status('auth'), read_only: true }]), undefined);
});

test('the stage is the document\'s name; bugfix.md is the requirements of a bugfix', () => {
  const names = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md', 'notes.md', 'old-design.md'];
  assert.deepEqual(names.map((name) => stageOf(`/w/.kiro/specs/a/${name}`)), ['requirements', 'requirements', 'design', 'tasks', undefined, undefined]);
});

test('what belongs to a spec, named by path, by its folder or by a file in it', () => {
  const design = '/w/.kiro/specs/v1.2/design.md';
  for (const spec of ['v1.2', '/w/.kiro/specs/v1.2', '/w/.kiro/specs/v1.2/', '/w/.kiro/specs/v1.2/tasks.md', '/w/.kiro/specs/v1.2/.config.kiro']) assert.ok(belongsTo(design, spec), spec);
  for (const spec of ['v1', '/w/.kiro/specs/v1', '/w/.kiro/specs/v1/tasks.md', '/other/.kiro/specs/v1.2/tasks.md']) assert.ok(!belongsTo(design, spec), spec);
  assert.ok(!belongsTo('/w/src/v1.2/design.md', 'v1.2'));
});

test('the first document is shown, unless one of them is in view', () => {
  assert.equal(toShow(['a', 'b'], new Set()), 'a');
  assert.equal(toShow(['a', 'b'], new Set(['b'])), undefined);
  assert.equal(toShow([], new Set()), undefined);
});

test('an error is its sentence and its hint, once; a cancel is silent', () => {
  assert.equal(errorText({ message: 'It is open.', data: { code: 'open-decisions', hint: 'Answer D1.' } }), 'It is open. Answer D1.');
  assert.equal(errorText({ message: 'It is open. Answer D1.', data: { hint: 'Answer D1.' } }), 'It is open. Answer D1.');
  assert.equal(errorText(new Error('No.')), 'No.');
  assert.equal(errorText({ code: -32800, message: 'Cancelled' }), '');
});
