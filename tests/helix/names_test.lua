-- Findings, hover, references and rename in Helix, with characters of two UTF-16 units before the places.
package.path = os.getenv('RUTTER_TESTS') .. '/helix/?.lua;' .. package.path
local h = require('helix')

local folder = '.kiro/specs/limit/'
vim.fn.mkdir(vim.fs.joinpath(os.getenv('RUTTER_PROJECT'), folder), 'p')
h.write(folder .. 'requirements.md', {
  '# Requirements Document',
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
h.write(folder .. 'tasks.md', {
  '# Implementation Plan',
  '',
  '- [ ] 1. 🙂 Count',
  '  - _Requirements: 1.1_',
  '- [ ] 2. 🙂 Log',
  '  - _Requirements: 1.2, 9.9_',
})
h.start(folder .. 'tasks.md')

-- A finding at the place that is wrong, gone when it is right.
h.sees('9.9')
h.sees('no requirement or criterion 9.9')
h.go_to(', 9\\.9')
h.keys('d')
h.misses('no requirement or criterion 9.9')
h.keys('u')
h.sees('no requirement or criterion 9.9')

-- Hover on a mention shows the criterion.
h.go_to('1\\.2')
h.ask('<Space>k', 'THE Limiter SHALL log')
h.escape('THE Limiter SHALL log')

-- A criterion gets another number: both documents follow.
h.keys('<Space>r')
h.sees('rename-to:')
h.keys('<C-u>1.1<CR>')
h.sees('_Requirements: 1.1, 9.9_')
h.keys(':wa<CR>')
h.disk(folder .. 'tasks.md', '_Requirements: 1.1, 9.9_')
h.disk(folder .. 'tasks.md', '_Requirements: 1.2_')
h.disk(folder .. 'requirements.md', '1. THE Limiter SHALL log\n2. WHEN 🙂 five fail, THE Limiter SHALL lock')

-- Undo, here.
h.keys('u')
h.sees('_Requirements: 1.2, 9.9_')
h.finish()
