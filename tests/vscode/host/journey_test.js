// The whole way: from a comment to approved tasks.
const assert = require('node:assert');
const vscode = require('vscode');
const t = require('./lib');

exports['the extension starts with the window'] = async () => {
  await t.until('it is active', () => vscode.extensions.getExtension('rutter.rutter')?.isActive);
  await t.until('the commands of the server are there', async () => (await vscode.commands.getCommands()).includes('rutter.newSpec'));
};
