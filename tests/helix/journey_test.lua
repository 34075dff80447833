-- Helix has no lenses: what they offer elsewhere is in its menu of actions. A decision, undo, and an approval.
package.path = os.getenv('RUTTER_TESTS') .. '/helix/?.lua;' .. package.path
local h = require('helix')

local folder = '.kiro/specs/sign-in-with-email-and-password/'
local made = vim.system({ 'rutter', 'new', 'let customers sign in with email and password' }):wait()
h.check('a spec to work on: ' .. made.stderr, made.code == 0)
h.start(folder .. 'requirements.md')

-- A decision, taken back by the editor's own undo, and taken again.
h.go_to('D1')
h.act('D1: 12 hours', 'D1: 30 minutes')
h.misses('**D1**')
h.sees('idle for 12 hours')
h.keys('u')
h.sees('**D1**')
h.sees('idle for [30 minutes?](#d1)')
h.keys('U')
h.misses('**D1**')
h.keys(':w<CR>')
h.disk(folder .. 'requirements.md', 'idle for 12 hours')
h.disk(folder .. 'requirements.md', '**D1**', true)

-- The approval, which takes the first choice of the rest.
h.go_to('D2')
h.act('Approve requirements', 'D2: 5 failed')
h.disk(folder .. 'approvals.json', '"requirements"')
h.misses('**D2**')
h.keys(':w<CR>')
h.disk(folder .. 'requirements.md', '5 failed sign-ins in a row')

-- The next stage. Helix opens no file for a server, so it is opened as a person does.
h.act('Draft design.md')
h.disk(folder .. 'design.md', '# Design Document')
h.keys(':open ' .. folder .. 'design.md<CR>')
h.sees('# Design Document')
h.finish()
