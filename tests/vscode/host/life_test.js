// The server's life: a crash is mended, too many are told; a wrong path is told and can be corrected; settings count at once.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const vscode = require('vscode');
const t = require('./lib');

const SPEC = '.kiro/specs/lockout/requirements.md';

/** The servers that this window started. */
function servers() {
  const children = fs.readdirSync('/proc/self/task').flatMap((task) => {
    try {
      return fs.readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean);
    } catch {
      return []; // the thread is gone
    }
  });
  return children.filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(1).includes('lsp');
    } catch {
      return false; // so is the process
    }
  }).map(Number);
}

const set = (name, value, target = vscode.ConfigurationTarget.Global) => vscode.workspace.getConfiguration('rutter').update(name, value, target);

exports['one server runs for the window'] = async () => {
  t.write(SPEC, t.SPEC);
  await t.started();
  await t.show(SPEC);
  await t.lens('Approve requirements');
  assert.equal(servers().length, 1);
};

exports['a crash is mended without a word, with what is not saved yet'] = async () => {
  await t.replace('THE Gate SHALL lock', 'the gate locks');
  await t.finding('requirement/not-ears');
  const [pid] = servers();
  const from = t.said.length;
  process.kill(pid, 'SIGKILL');
  await t.until('another server runs', () => servers().some((other) => other !== pid));
  await t.lens('Approve requirements');
  await t.finding('requirement/not-ears');
  assert.deepEqual(t.said.slice(from), []);
};

exports['a server that crashes again and again stays down, with a sentence, until it is started'] = async () => {
  const from = t.said.length;
  for (let crashes = 1; crashes < 5; crashes += 1) {
    const [pid] = await t.until('a server runs', () => servers().length === 1 && servers());
    await t.lens('Approve requirements');
    process.kill(pid, 'SIGKILL');
    await t.until('it is gone', () => !servers().includes(pid));
  }
  await t.told('crashed 5 times', from);
  assert.deepEqual(servers(), []);
  await t.run('rutter.ui.restart');
  await t.lens('Approve requirements');
};

exports['a wrong path is told with the way to the setting'] = async () => {
  const from = t.said.length;
  await set('server.path', '/nowhere/rutter');
  const told = await t.told('names "/nowhere/rutter"', from);
  assert(told.endsWith('[Open Settings]'), told);
  assert.deepEqual(servers(), []);
};

exports['a program that is no server is told with the log'] = async () => {
  const from = t.said.length;
  await set('server.path', execFileSync('which', ['true'], { encoding: 'utf8' }).trim());
  const told = await t.told('did not answer', from);
  assert(told.endsWith('[Show Log]'), told);
};

exports['without the setting it starts again'] = async () => {
  await set('server.path', undefined);
  await t.lens('Approve requirements');
  assert.equal(servers().length, 1);
};

exports['a workspace cannot name the program'] = async () => {
  const [pid] = servers();
  t.write('.vscode/settings.json', JSON.stringify({ 'rutter.server.path': '/nowhere/rutter', 'rutter.rules': { 'requirement/not-ears': 'off' } }));
  await t.until('the rule of the workspace counts', () => t.findings().every(({ rule }) => rule !== 'requirement/not-ears'));
  assert.deepEqual(servers(), [pid]);
};

exports['a setting of the user counts at once'] = async () => {
  fs.rmSync(t.at('.vscode/settings.json'));
  await t.finding('requirement/not-ears');
  await set('rules', { 'requirement/not-ears': 'off' });
  await t.until('the rule is off', () => t.findings().every(({ rule }) => rule !== 'requirement/not-ears'));
  await set('rules', undefined);
  await t.finding('requirement/not-ears');
};
