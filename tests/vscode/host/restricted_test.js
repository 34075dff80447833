// {"window": {"trusted": false}}
// An untrusted folder: it is read, checked and written, but nothing that it brings is run, trusted or obeyed.
const assert = require('node:assert');
const vscode = require('vscode');
const t = require('./lib');

exports['the extension works in Restricted Mode'] = async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  t.write('.kiro/specs/lockout/requirements.md', t.SPEC);
  t.write('.rutter/hooks/notes.json', JSON.stringify({
    version: 'v1',
    hooks: [{ name: 'saved', trigger: 'PostFileSave', action: { type: 'command', command: 'echo ran >> saved.txt' } }],
  }));
  t.write('.vscode/settings.json', JSON.stringify({ 'rutter.model.use': 'evil/model', 'rutter.hooks.fire': true, 'rutter.server.path': '/nowhere/rutter' }));
  await t.started();
  await t.show('.kiro/specs/lockout/requirements.md');
  await t.click('Approve requirements');
  await t.until('it is approved', () => t.stage('lockout', 'requirements') === 'approved');
};

exports['a hook that was trusted elsewhere does not fire'] = async () => {
  t.shell('rutter', 'hooks', 'trust', '--all');
  assert(t.witness('hooks', 'list')[0].trusted);
  await t.show('src/config.ts');
  const from = t.said.length;
  await t.replace('export', ' export');
  await vscode.window.activeTextEditor.document.save();
  // The server works off what it is told in order: when a later save of a document is known, the one before was judged.
  await t.show('.kiro/specs/lockout/requirements.md');
  await t.replace('5 times', '3 times');
  await vscode.window.activeTextEditor.document.save();
  await t.lens('Approve 1 change');
  assert(!t.exists('saved.txt'));
  assert.deepEqual(t.said.slice(from), []);
};

exports['running and trusting are refused, with the way to trust the folder'] = async () => {
  for (const command of ['rutter.runHook', 'rutter.trust']) {
    const from = t.said.length;
    await t.run(command, { hook: '.rutter/hooks/notes.json#saved', what: 'all' });
    const told = await t.told('Restricted Mode', from);
    assert(told.endsWith('[Manage Trust]'), told);
  }
  assert(!t.exists('saved.txt'));
};

exports['its settings choose neither program nor model nor hooks'] = async () => {
  const { use } = vscode.workspace.getConfiguration('rutter').get('model');
  assert.equal(use, '');
  assert.equal(vscode.workspace.getConfiguration('rutter').get('hooks.fire'), null);
  assert.equal(vscode.workspace.getConfiguration('rutter').get('server.path'), '');
};
