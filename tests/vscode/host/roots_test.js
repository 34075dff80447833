// {"open": "both.code-workspace"}
// Several roots, also one that comes and goes: each has its own specs, and a question says which is meant.
const assert = require('node:assert');
const path = require('node:path');
const vscode = require('vscode');
const t = require('./lib');

const SECOND = '../second/.kiro/specs/refunds/requirements.md';

exports['the specs of both roots are served by one server'] = async () => {
  assert.equal(vscode.workspace.workspaceFolders.length, 2);
  t.write('.kiro/specs/lockout/requirements.md', t.SPEC);
  t.write(SECOND, t.SPEC);
  await t.started();
  for (const file of ['.kiro/specs/lockout/requirements.md', SECOND]) {
    await t.show(file);
    await t.lens('Approve requirements');
  }
};

exports['the palette asks which spec, and approves it in its own root'] = async () => {
  await t.run('workbench.action.closeAllEditors');
  t.pick('refunds');
  await t.run('rutter.ui.approve');
  await t.told('Approved requirements.md');
  assert(t.exists('../second/.kiro/specs/refunds/approvals.json'));
  assert(!t.exists('.kiro/specs/lockout/approvals.json'));
};

exports['a root that is added is served too'] = async () => {
  t.write('../third/.kiro/specs/vouchers/requirements.md', t.SPEC);
  vscode.workspace.updateWorkspaceFolders(2, 0, { uri: vscode.Uri.file(path.join(t.project, '../third')) });
  await t.show('../third/.kiro/specs/vouchers/requirements.md');
  await t.lens('Approve requirements');
};
