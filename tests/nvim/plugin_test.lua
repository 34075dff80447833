-- The plugin's own mechanics against a scripted server: what it sends, saves, shows and says.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

local log = vim.fn.tempname()
local specs = vim.fs.joinpath(t.project, '.kiro/specs/login')
vim.fn.mkdir(specs, 'p')
vim.fn.writefile({ '# Requirements', '', '- D1 How many failures?', '' }, specs .. '/requirements.md')
vim.fn.writefile({ '# Design' }, specs .. '/design.md')

local function sent(key, value)
  local found
  for _, line in ipairs(vim.fn.filereadable(log) == 1 and vim.fn.readfile(log) or {}) do
    local entry = vim.json.decode(line)
    if entry[key] ~= nil and (value == nil or entry[key] == value) then
      found = entry
    end
  end
  return found
end

local function wait_sent(command)
  local entry = t.wait('sent ' .. command, function()
    return sent('command', command)
  end)
  t.check('one argument object for ' .. command, entry.count == 1)
  return entry.given
end

local fake = os.getenv('RUTTER_TESTS') .. '/fake/server.lua'
t.use_plugin({ cmd = { t.nvim, '--headless', '-u', 'NONE', '-n', '-l', fake, log } })
t.check('no client before the first file', #vim.lsp.get_clients() == 0)

-- A sentence with no file open: the server starts for the working folder.
-- Without a binary: one sentence, no error.
local cmd = vim.lsp.config.rutter.cmd
vim.lsp.config('rutter', { cmd = { 'no-such-rutter', 'lsp' } })
vim.cmd('Rutter new')
t.check('a missing binary is told', t.was_told('`no-such-rutter` is not on the PATH'))
vim.cmd('checkhealth rutter')
t.check('health names the one command', t.text():find('cargo install --path crates/cli --locked', 1, true))
vim.cmd('bwipeout!')
vim.lsp.config('rutter', { cmd = { 'false' } })
vim.cmd('Rutter new')
t.check('a server that ends at once is told', t.was_told('the server did not start'))
vim.lsp.config('rutter', { cmd = cmd })

-- Under `-l`, and only there, Neovim 0.11 can't jump from a line without a word.
vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'scratch' })
vim.bo.modified = false
t.inputs = { 'Add a login page' }
vim.cmd('Rutter new')
t.wait('asked for the sentence', function()
  return (sent('input') or {}).input == 'Add a login page'
end)
t.check('the prompt has the title', t.prompts[1] == 'What is wanted: ')
local init = sent('init')
t.check('says what the client can do', init.init.rutter.client.input and init.init.rutter.client.state)
t.check('lenses can be refreshed', init.refresh.refreshSupport)
t.wait('the spec is shown', function()
  return t.shown() == '.kiro/specs/login/requirements.md'
end)
t.check('the cursor is on the decision', t.line():find('D1', 1, true))
t.wait('the message is told', function()
  return t.was_told('Drafted login')
end)
t.attached()
t.check('one server for the folder', #vim.lsp.get_clients() == 1)
t.wait('lenses are shown', function()
  return t.lenses()[1] == 'Approve'
end)

-- The status line.
t.wait('the status line names the job', function()
  return require('rutter').status() == 'Drafting design 40%'
end)
require('rutter').state().jobs = {}
t.check('the status line counts decisions', require('rutter').status() == 'login: 1 decision')
require('rutter').state().specs[1].decisions = {}
t.check('the status line names the stage', require('rutter').status() == 'login: requirements draft')
t.check('the status line is silent elsewhere', require('rutter').status(vim.api.nvim_create_buf(true, false)) == '')

-- A dirty document is saved before anything is decided about it.
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'edited' })
vim.cmd('Rutter approve')
local approved = wait_sent('rutter.approve')
t.check('the stage is the document', approved.stage == 'requirements' and approved.acceptDefaults == nil)
t.check('the spec is the document', approved.spec == vim.uri_from_bufnr(0))
t.check('the document was saved first', not vim.bo.modified and sent('saved'))
vim.cmd('Rutter! approve design --spec=login')
t.wait('a bang takes the first choices', function()
  local given = sent('command', 'rutter.approve').given
  return given.acceptDefaults == true and given.stage == 'design' and given.spec == 'login'
end)

-- A document that can't be saved stops the command.
local before = #t.said
local kept = vim.api.nvim_create_autocmd('BufWritePre', {
  callback = function()
    error('the disk is full')
  end,
})
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'unsaved' })
vim.cmd('Rutter next')
vim.api.nvim_del_autocmd(kept)
t.check('an unsaved document is told', t.was_told('could not be saved, so nothing was done'))
t.check('and nothing was sent', not sent('command', 'rutter.nextStage') and #t.said == before + 1)

-- The lens goes the same way.
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'edited again' })
vim.api.nvim_win_set_cursor(0, { 1, 0 })
vim.cmd('Rutter lens')
t.wait('a lens saves first too', function()
  return not vim.bo.modified and sent('command', 'rutter.approve').given.spec == vim.uri_from_bufnr(0)
end)

-- Decisions come from the state, choices from a menu.
require('rutter').state().specs[1].decisions = { { id = 'D1', text = 'How many failures?', choices = { '3', '5' } } }
t.pick('5')
vim.cmd('Rutter decide')
local decided = wait_sent('rutter.decide')
t.check('the choice is its number', decided.decision == 'D1' and decided.choice == 2)
vim.cmd('Rutter decide D1 1')
t.wait('a choice can be typed', function()
  return sent('command', 'rutter.decide').given.choice == 1
end)

-- A selection.
vim.cmd('edit src.ts')
vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'one', 'two', 'three é' })
vim.cmd('2,3Rutter new')
t.wait('a range is sent', function()
  local given = sent('command', 'rutter.newSpec').given
  return given.range and given.range.start.line == 1 and given.range['end'].line == 2
end)
t.check('its file is named', vim.endswith(sent('command', 'rutter.newSpec').given.uri, '/src.ts'))
vim.cmd('bdelete! src.ts')

-- Errors carry their hint.
vim.cmd.edit(specs .. '/requirements.md')
vim.cmd('Rutter task 9 done')
t.wait('an error shows message and hint', function()
  return t.was_told('There is no task 9.\nSee tasks.md.')
end)
vim.cmd('Rutter next')
t.wait('the next document is shown', function()
  return t.shown() == '.kiro/specs/login/design.md'
end)
vim.cmd('Rutter undo c2')
t.check('undo names a change', wait_sent('rutter.undo').change == 'c2')
t.wait('undo is told', function()
  return t.was_told('done rutter.undo')
end)
vim.cmd('Rutter undo')
t.wait('undo without one leaves it to the server', function()
  return vim.json.encode(sent('command', 'rutter.undo').given) == '{}'
end)

-- Words.
t.check('completes subcommands', vim.deep_equal(vim.fn.getcompletion('Rutter de', 'cmdline'), { 'decide' }))
t.check('offers only what the server has', not vim.list_contains(vim.fn.getcompletion('Rutter ', 'cmdline'), 'sync'))
t.check('completes stages', vim.fn.getcompletion('Rutter approve d', 'cmdline')[1] == 'design')
vim.cmd('Rutter nonsense')
t.check('an unknown word is told', t.was_told('`nonsense` is unknown'))

vim.cmd('checkhealth rutter')
t.check('health names the client', t.text():find('A server runs for', 1, true))
t.check('health has no error line for Neovim', t.text():find('Neovim 0.1', 1, true))

-- The tags go to a copy of the help, not into the sources.
local help = vim.fn.tempname()
vim.fn.mkdir(help .. '/doc', 'p')
vim.uv.fs_copyfile(os.getenv('RUTTER_EDITORS') .. '/nvim/doc/rutter.txt', help .. '/doc/rutter.txt')
vim.cmd.helptags(help .. '/doc')
vim.opt.runtimepath:prepend(help)
vim.cmd('help :Rutter-approve')
t.check('help opens at its tags', t.line():find('*:Rutter-approve*', 1, true))

t.finish()
