-- Hooks in a real Neovim: save, create and delete fire them, trust is a menu, a failure shows its output.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

local function hook(name, trigger, command)
  return { name = name, trigger = trigger, action = { type = 'command', command = command } }
end

local hooks = {
  hook('saved', 'PostFileSave', 'echo "$RUTTER_FILE" >> saved.txt'),
  hook('created', 'PostFileCreate', 'echo "$RUTTER_FILE" >> created.txt'),
  hook('deleted', 'PostFileDelete', 'echo "$RUTTER_FILE" >> deleted.txt'),
}
hooks[1].matcher = [[\.ts$]]
vim.fn.mkdir(t.project .. '/.rutter/hooks', 'p')
t.write('.rutter/hooks/notes.json', { vim.json.encode({ version = 'v1', hooks = hooks }) })

local function lines(file)
  return t.exists(file) and vim.fn.readfile(vim.fs.joinpath(t.project, file)) or {}
end

t.use_plugin()

-- The first save asks: the hooks are shown, then trusted, in two menus.
t.edit('src/config.ts')
local client = t.attached()
t.pick('Show')
t.pick('Trust as it stands')
vim.cmd('silent write')
t.wait('what would run is shown', function()
  return vim.endswith(vim.api.nvim_buf_get_name(0), 'trust.md') and t.text():find('echo "$RUTTER_FILE" >> saved.txt', 1, true)
end)
t.wait('the server knows the trust', function()
  local rows = (require('rutter.state').of(0) or {}).hooks or {}
  return #rows == 3 and vim.iter(rows):all(function(row)
    return row.trusted
  end)
end)
t.check('nothing ran before', not t.exists('saved.txt'))

-- Save.
t.edit('src/config.ts')
vim.cmd('silent write')
t.wait('a save fires', function()
  return vim.deep_equal(lines('saved.txt'), { 'src/config.ts' })
end)

-- Create: a new buffer that is written; Neovim says no more than that it was saved.
t.edit('src/fresh.ts')
t.attached()
client:request_sync('rutter/unknown', {}, 5000, 0)
vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'export {}' })
vim.cmd('silent write')
t.wait('a new file was created and saved', function()
  return vim.deep_equal(lines('created.txt'), { 'src/fresh.ts' })
    and vim.deep_equal(lines('saved.txt'), { 'src/config.ts', 'src/fresh.ts' })
end)

-- Delete: as file explorers tell it.
local uri = vim.uri_from_bufnr(0)
vim.cmd('bwipeout!')
vim.fn.delete(t.project .. '/src/fresh.ts')
client:notify('workspace/didDeleteFiles', { files = { { uri = uri } } })
t.wait('a deletion fires', function()
  return vim.deep_equal(lines('deleted.txt'), { 'src/fresh.ts' })
end)

-- The status line names a hook while it runs; a failure is a menu with its output one step away.
hooks[1].action.command = 'until [ -e go ]; do sleep 0.01; done; echo "two tests fail"; exit 1'
t.write('.rutter/hooks/notes.json', { vim.json.encode({ version = 'v1', hooks = hooks }) })
t.edit('src/config.ts')
client:exec_cmd({ title = 'trust', command = 'rutter.trust', arguments = { { what = 'all' } } })
t.wait('the change is trusted', function()
  return t.was_told('Trusted as it stands')
end)
vim.cmd('silent write')
t.wait('the status line shows the running hook', function()
  return require('rutter').status():find('notes.json#saved', 1, true)
end)
t.pick('Show output')
t.write('go', {})
t.wait('the output is shown', function()
  return vim.endswith(vim.api.nvim_buf_get_name(0), 'hook-output.md') and t.text():find('two tests fail', 1, true)
end)
t.wait('the status line is silent again', function()
  return not require('rutter').status():find('Hook', 1, true)
end)

-- The lens, by keys: trusted, run, switched off.
t.write('.rutter/hooks/one.json', {
  '{"version": "v1", "hooks": [',
  '  {"name": "one", "trigger": "Manual", "action": {"type": "command", "command": "echo ran >> one.txt"}}',
  ']}',
})
t.edit('.rutter/hooks/one.json')
t.attached()
local function lens(title)
  t.wait_lens(title)
  t.go_to_lens(title)
  t.type(':Rutter lens<CR>')
end
lens('Trust as it stands')
lens('Run')
t.wait('the lens runs the hook', function()
  return vim.deep_equal(lines('one.txt'), { 'ran' })
end)
lens('Disable')
t.wait('the lens switches the hook off', function()
  local saved = table.concat(lines('.rutter/hooks/one.json'), '\n')
  return (t.text() .. saved):find('"enabled": false', 1, true)
end)

t.finish()
