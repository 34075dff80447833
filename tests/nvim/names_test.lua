-- Everything in a spec is alive: references, rename, highlights, folds, hints and colours, without the plugin.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

vim.lsp.config('rutter', {
  cmd = { t.binary, 'lsp' },
  filetypes = { 'markdown' },
  root_markers = { '.kiro', '.git' },
})
vim.lsp.enable('rutter')
vim.cmd('filetype plugin on')

local folder = '.kiro/specs/limit/'
vim.fn.mkdir(vim.fs.joinpath(t.project, folder), 'p')
t.write(folder .. 'requirements.md', {
  '# Requirements Document',
  '',
  '## Glossary',
  '',
  '- **Limiter**: counts 🙂 attempts',
  '',
  '## Requirements',
  '',
  '### Requirement 1: Block',
  '',
  '#### Acceptance Criteria',
  '',
  '1. WHEN 🙂 five fail, THE Limiter SHALL lock',
  '2. THE Limiter SHALL log',
})
t.write(folder .. 'tasks.md', {
  '# Implementation Plan',
  '',
  '- [x] 1. Count in the Limiter',
  '  - _Requirements: 1.1, 1.2_',
  '- [ ] 2. Log',
  '  - _Requirements: 1.2_',
})

t.edit(folder .. 'tasks.md')
t.attached()

-- References, from a mention of a criterion.
t.go_to('_Requirements: 1.2')
vim.cmd.normal({ 'f2', bang = true })
local places
vim.lsp.buf.references(nil, {
  on_list = function(list)
    places = list.items
  end,
})
t.wait('references are found', function()
  return places
end)
t.check('the criterion and both tasks name it', #places == 3)

-- The criterion moves to the front of its list; the other document, which is not open, follows.
vim.lsp.buf.rename('1.1')
t.wait('the tasks follow', function()
  return t.text():find('_Requirements: 1.1_', 1, true)
end)
t.check('a list of both says the same as before', t.text():find('_Requirements: 1.1, 1.2_', 1, true) ~= nil)
local other = vim.fn.bufnr(t.project .. '/' .. folder .. 'requirements.md')
t.check('the requirements are loaded', other > 0)
t.check(
  'the criterion stands first',
  t.text(other):find('\n1. THE Limiter SHALL log\n2. WHEN 🙂 five fail', 1, true) ~= nil
)

-- A term, from its use.
t.go_to('Limiter')
vim.lsp.buf.rename('Guard')
t.wait('the term has its new name here', function()
  return t.text():find('Count in the Guard', 1, true)
end)
t.check('and in the other document', not t.text(other):find('Limiter', 1, true))

-- What can't be is said.
t.go_to('_Requirements: 1.1')
vim.cmd.normal({ 'f1', bang = true })
vim.lsp.buf.rename('1.9')
t.wait('a number that does not exist is refused', function()
  return t.was_told('choose a number from 1.1 to 1.2')
end)

-- Hints, folds and colours come too.
vim.lsp.inlay_hint.enable(true)
vim.cmd.edit(t.project .. '/' .. folder .. 'requirements.md')
t.attached()
t.wait('a hint shows what covers a criterion', function()
  return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):any(function(hint)
    return hint.inlay_hint.label == '2 tasks'
  end)
end)
t.wait('a term has its colour', function()
  local line = t.go_to('THE Guard')
  local tokens = vim.lsp.semantic_tokens.get_at_pos(0, line - 1, 7)
  return tokens and tokens[1] and tokens[1].type == 'class'
end)

t.finish()
