-- The plugin as a person sees it: it starts with the first file, shows lenses, asks in the command line, tells errors.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')
local screen = require('terminal')

local specs = vim.fs.joinpath(t.project, '.kiro/specs/login')
vim.fn.mkdir(specs, 'p')
vim.fn.writefile({ '# Requirements', '', '- D1 How many failures?', '' }, specs .. '/requirements.md')

local fake = os.getenv('RUTTER_TESTS') .. '/fake/server.lua'
local cmd = { t.nvim, '--headless', '-u', 'NONE', '-n', '-l', fake, vim.fn.tempname() }
screen.start({
  ('vim.opt.runtimepath:append(%q)'):format(os.getenv('RUTTER_EDITORS') .. '/nvim'),
  ("vim.lsp.config('rutter', { cmd = %s })"):format(vim.inspect(cmd)),
  [[vim.o.laststatus = 2]],
  [[vim.o.statusline = "%t [%{v:lua.require'rutter'.status()}]"]],
}, '.kiro/specs/login/requirements.md')

screen.sees('# Requirements')
screen.sees('Approve')
screen.sees('requirements.md [Drafting design 40%]')
screen.keys(':e src/config.ts<CR>:Rutter new<CR>')
screen.sees('What is wanted:')
screen.keys('Add a login page<CR>')
screen.sees('Rutter: Drafted login')
screen.sees('- D1 How many failures?')
screen.keys(':Rutter task 9 done<CR>')
screen.sees('There is no task 9.')
screen.sees('See tasks.md.')
screen.keys('<CR>')
screen.keys(':Rutter decide<CR>')
screen.pick('5')
screen.sees('done rutter.decide')
screen.quit()
t.finish()
