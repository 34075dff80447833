-- Everything in a spec is alive: requirement, task, code and test in three windows, with the history of a real repository.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

local SPEC = '.kiro/specs/lockout/'
local function git(...)
  local command = { 'git', '-C', t.project, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ... }
  local done = vim.system(command, { text = true }):wait()
  t.check('git ' .. select(1, ...), done.code == 0)
end
local function put(path, lines)
  vim.fn.mkdir(vim.fs.joinpath(t.project, vim.fs.dirname(path)), 'p')
  t.write(path, lines)
end

vim.fn.delete(t.project .. '/.git', 'rf')
put(SPEC .. 'requirements.md', {
  '# Requirements Document', '', '## Introduction', '', 'Accounts are locked. 🔒', '', '## Glossary', '',
  '- **Gate**: lets people in', '', '### Requirement 1: Lock', '', '#### Acceptance Criteria', '',
  '1. WHEN a password was wrong 5 times, THE Gate SHALL lock the account',
  '2. WHILE an account is locked, THE Gate SHALL refuse each sign-in',
})
put(SPEC .. 'tasks.md', {
  '# Implementation Plan', '', '- [ ] 1. Lock accounts at the gate', '  - _Requirements: 1.1_', '- [ ] 2. Refuse', '  - _Requirements: 1.2_',
})
put('src/lockout.ts', {
  'export const WORDS = 1;', '', '// spec:lockout#1.1', 'export function locks(wrong: number): boolean {', '  return false;', '}', '',
  '// spec:lockout#1.2', 'export function refuses(locked: boolean): boolean {', '  return locked;', '}',
})
put('tests/lockout.test.ts', {
  "import { locks } from '../src/lockout';", '', "it('locks after five (Validates: spec:lockout#1.1)', () => {", '  expect(locks(5)).toBe(true);', '});',
})
git('init', '--quiet')
git('add', '--all')
git('commit', '--quiet', '--message', 'Plan')
put(SPEC .. 'tasks.md', {
  '# Implementation Plan', '', '- [x] 1. Lock accounts at the gate', '  - _Requirements: 1.1_', '- [ ] 2. Refuse', '  - _Requirements: 1.2_',
})
local code = vim.fn.readfile(t.project .. '/src/lockout.ts')
code[5] = '  return wrong >= 5;'
put('src/lockout.ts', code)
git('commit', '--quiet', '--all', '--message', 'Lock accounts\n\nSpec-Task: lockout#1')

t.use_plugin({ cmd = { t.binary, 'lsp' } })

local function drift(buf)
  return vim.iter(vim.diagnostic.get(buf)):find(function(d)
    return d.code == 'trace/drift'
  end)
end

t.edit(SPEC .. 'requirements.md')
t.attached()
local requirements = vim.api.nvim_get_current_buf()
vim.cmd('split')
t.edit(SPEC .. 'tasks.md')
local tasks = vim.api.nvim_get_current_buf()
vim.cmd('vsplit')
t.edit('src/lockout.ts')
t.attached()
local source = vim.api.nvim_get_current_buf()
vim.cmd('vsplit')
t.edit('tests/lockout.test.ts')
t.attached()
local test = vim.api.nvim_get_current_buf()

t.wait('the code is known in the spec', function()
  vim.lsp.codelens.refresh({ bufnr = source })
  return vim.iter(vim.lsp.codelens.get(source)):find(function(lens)
    return lens.command and lens.command.title:find('lockout 1.1 · task 1 · 1 test', 1, true)
  end)
end)
t.check('nothing has changed yet', not drift(requirements) and not drift(source) and not drift(test))

-- A 5 becomes a 3, unsaved: the function and its test show it in the next split.
vim.fn.win_gotoid(vim.fn.bufwinid(requirements))
t.go_to('5 times')
t.type('r3')
t.check('the requirement says 3', t.line():find('wrong 3 times', 1, true) ~= nil)
for what, buf in pairs({ ['the function'] = source, ['the test'] = test }) do
  local found = t.wait(what .. ' shows that its requirement changed', function()
    return drift(buf)
  end)
  t.check(what .. ' shows it at its link', found.severity == vim.diagnostic.severity.HINT)
end
t.check('the other function does not', vim.iter(vim.diagnostic.get(source)):all(function(d)
  return d.lnum < 7
end))
t.type('u')
t.wait('undone, nothing is shown', function()
  return not drift(source) and not drift(test)
end)

-- And the other way: the code changes, the spec shows it.
vim.fn.win_gotoid(vim.fn.bufwinid(source))
t.go_to('wrong >= 5')
t.type('A // five<Esc>')
t.go_to('wrong >=')
t.type('f5r4')
local found = t.wait('the task shows that its code changed', function()
  return drift(tasks)
end)
t.check('at the task: ' .. found.message, found.lnum == 2 and found.message:find('locks', 1, true))
t.go_to('wrong >=')
t.type('f4r5')
t.wait('a comment is no change', function()
  return not drift(tasks)
end)

-- References and a rename go through spec, source and test.
vim.fn.win_gotoid(vim.fn.bufwinid(requirements))
t.go_to('1. WHEN')
vim.lsp.buf.references({ includeDeclaration = true }, { on_list = function(list)
  vim.g.found = vim.tbl_map(function(item)
    return vim.fs.basename(item.filename) .. ':' .. item.lnum
  end, list.items)
end })
local found = t.wait('references are found', function()
  return vim.g.found
end)
table.sort(found)
t.check('in spec, code and test: ' .. table.concat(found, ' '), vim.deep_equal(found, {
  'lockout.test.ts:3', 'lockout.ts:3', 'requirements.md:15', 'tasks.md:4',
}))
vim.lsp.buf.rename('1.2')
t.wait('the criterion moved', function()
  return t.text(requirements):find('\n2. WHEN a password was wrong 5 times', 1, true)
end)
t.wait('the links followed', function()
  return t.text(source):find('// spec:lockout#1.2\nexport function locks', 1, true)
    and t.text(source):find('// spec:lockout#1.1\nexport function refuses', 1, true)
    and t.text(test):find('(Validates: spec:lockout#1.2)', 1, true)
end)
t.check('and the tasks', t.text(tasks):find('gate\n  - _Requirements: 1.2_', 1, true) ~= nil)
t.check('nobody was told of an error: ' .. table.concat(t.said, ' / '), not t.was_told('rror'))
t.finish()
