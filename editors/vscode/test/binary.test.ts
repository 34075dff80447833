import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findServer, INSTALL, type Place, runnable } from '../src/binary';

const place = (files: string[], changes: Partial<Place> = {}): Place => ({
  setting: '', extensionDir: '/ext', path: '/usr/bin:/home/u/.cargo/bin', platform: 'linux', runnable: (file) => files.includes(file), ...changes,
});

test('the setting wins, then the packed binary, then the PATH in its order', () => {
  const all = ['/opt/rutter', '/ext/server/rutter', '/usr/bin/rutter', '/home/u/.cargo/bin/rutter'];
  assert.deepEqual(findServer(place(all, { setting: ' /opt/rutter ' })), { file: '/opt/rutter' });
  assert.deepEqual(findServer(place(all)), { file: '/ext/server/rutter' });
  assert.deepEqual(findServer(place(all.slice(2))), { file: '/usr/bin/rutter' });
  assert.deepEqual(findServer(place(all.slice(3))), { file: '/home/u/.cargo/bin/rutter' });
});

test('a wrong setting is told and never silently replaced', () => {
  for (const setting of ['/opt/none', 'rutter', './rutter']) {
    const found = findServer(place(['/usr/bin/rutter', 'rutter', './rutter'], { setting }));
    assert.ok('missing' in found && found.missing === 'setting');
    assert.ok(found.message.includes(`"${setting}"`) && found.message.includes('rutter.server.path'));
  }
});

test('relative folders of the PATH never count: the workspace could be one', () => {
  const found = findServer(place(['rutter', './rutter', 'bin/rutter'], { path: '.::bin:' }));
  assert.ok('missing' in found && found.missing === 'everywhere');
  assert.ok(found.message.includes(INSTALL));
});

test('on Windows the program is rutter.exe', () => {
  const windows = place(['C:\\tools\\rutter.exe'], { platform: 'win32', extensionDir: 'C:\\ext', path: '.;C:\\tools' });
  assert.deepEqual(findServer(windows), { file: 'C:\\tools\\rutter.exe' });
});

test('only a file that may be executed is runnable', () => {
  assert.ok(runnable(process.execPath));
  assert.ok(!runnable('package.json'));
  assert.ok(!runnable('src'));
  assert.ok(!runnable('/no/such/file'));
});
