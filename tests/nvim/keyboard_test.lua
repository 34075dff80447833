-- From a sentence to approved tasks in a terminal, with nothing but keys: what a person types, and what then stands there.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')
local screen = require('terminal')

screen.start({
  ('vim.opt.runtimepath:append(%q)'):format(os.getenv('RUTTER_EDITORS') .. '/nvim'),
  ("vim.lsp.config('rutter', { cmd = { %q, 'lsp' } })"):format(t.binary),
  [[vim.o.wrap = false]],
  [[vim.o.laststatus = 2]],
  [[vim.o.statusline = "%t%m [%{v:lua.require'rutter'.status()}]"]],
}, 'README.md')
screen.sees('README.md []')

screen.keys(':Rutter new let customers sign in with email and password<CR>')
screen.sees('requirements.md [')
screen.sees(' decisions]')
screen.sees('- **D1**')

-- The cursor stands on the first decision: its own code action, then the rest by their first choices.
screen.keys('gra')
screen.pick('(recommended)')
screen.sees('requirements.md[+] [')
screen.keys(':Rutter! approve<CR>')
screen.sees('Approved requirements.md')
screen.keys('gg:Rutter next<CR>')
screen.sees('design.md [')
screen.keys(':Rutter! approve<CR>')
screen.sees('Approved design.md')
screen.keys('gggra')
screen.pick('Draft tasks.md')
screen.sees('tasks.md [')
screen.keys('gg:Rutter lens<CR>')
screen.pick('Approve tasks')
screen.sees('Approved tasks.md')
screen.sees('tasks 0/')
screen.quit()
t.finish()
