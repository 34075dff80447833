-- What the Helix tests share: Helix with the set-up of the README, driven by keys and read by what stands on its screen.
package.path = os.getenv('RUTTER_TESTS') .. '/nvim/?.lua;' .. package.path
local t = require('lib')
local terminal = require('terminal')

local M = { check = t.check, write = t.write, sees = terminal.sees, keys = terminal.keys }

--- The settings of the README for Helix, as they stand there.
local function settings()
  local readme = table.concat(vim.fn.readfile(assert(os.getenv('RUTTER_README'))), '\n')
  return assert(readme:match('%*%*Helix%*%*.-```toml\n(.-)\n```'), 'the README shows no settings for Helix')
end

--- Starts Helix on a file of the project, and waits for the server.
function M.start(path)
  local folder = os.getenv('HOME') .. '/.config/helix'
  vim.fn.mkdir(folder, 'p')
  -- And for source files of one language.
  local source = '\n[[language]]\nname = "typescript"\nlanguage-servers = ["rutter"]\n'
  vim.fn.writefile(vim.split(settings() .. source, '\n'), folder .. '/languages.toml')
  -- Findings in full, whatever line the cursor is on.
  vim.fn.writefile({
    '[editor]',
    'end-of-line-diagnostics = "hint"',
    '[editor.inline-diagnostics]',
    'cursor-line = "hint"',
  }, folder .. '/config.toml')
  terminal.run({ assert(os.getenv('RUTTER_HELIX')), path }, { width = 150, height = 46 })
  terminal.sees(vim.fs.basename(path))
end

--- Sends keys that ask the server, again where it was not there yet, until the screen holds `text`.
function M.ask(keys, text)
  -- What stands in source is known a moment after it was written, and Helix says nothing where there is no answer: then one
  -- asks again, as a person would.
  local done = vim.wait(20000, function()
    terminal.keys(keys)
    local early, shown
    vim.wait(2000, function()
      local screen = terminal.screen()
      early = screen:find('No configured language server', 1, true) or screen:find('No code actions', 1, true)
      shown = screen:find(text, 1, true)
      return early or shown
    end, 5)
    if shown then
      return true
    end
    -- Any key clears the line that says so.
    terminal.keys('<Esc>')
    if early then
      M.misses('No configured language server')
      M.misses('No code actions')
    end
    return false
  end, 5)
  if not (done and terminal.screen():find(text, 1, true)) then
    t.die(('%s does not show %s:\n%s'):format(keys, text, terminal.screen()))
  end
  t.say(('ok %s shows %s'):format(keys, text))
end

local function row(text)
  for i, line in ipairs(vim.split(terminal.screen(), '\n')) do
    if line:find(text, 1, true) then
      return i
    end
  end
  t.die(('not on the screen: %s\n%s'):format(text, terminal.screen()))
end

--- Opens the menu of actions, and takes the entry with `text`; `first` is what its first entry has, where that is another.
function M.act(text, first)
  M.ask('<Space>a', first or text)
  terminal.sees(text)
  terminal.keys(('<C-n>'):rep(row(text) - row(first or text)) .. '<CR>')
end

--- Waits until the screen no longer holds `text`.
function M.misses(text)
  local gone = vim.wait(10000, function()
    return not terminal.screen():find(text, 1, true)
  end, 5)
  if not gone then
    t.die(('still on the screen: %s\n%s'):format(text, terminal.screen()))
  end
  t.say('ok gone from the screen: ' .. text)
end

--- Waits until a file of the project holds `text` on disk, or lacks it.
function M.disk(path, text, lacks)
  t.wait(('%s on disk %s %s'):format(path, lacks and 'lacks' or 'holds', text), function()
    -- While Helix saves, the file is away for a moment.
    local file = io.open(vim.fs.joinpath(t.project, path))
    if not file then
      return false
    end
    local held = file:read('a')
    file:close()
    return (held:find(text, 1, true) == nil) == (lacks or false)
  end)
end

--- Puts the cursor on the first place that matches a pattern of Helix.
function M.go_to(pattern)
  terminal.keys('gg/' .. pattern .. '<CR>')
end

--- Closes what is open. Alone, so that Helix doesn't take it and the next key for one with Alt.
function M.escape(popup)
  terminal.keys('<Esc>')
  M.misses(popup)
end

--- Leaves Helix, and checks that its server leaves too.
function M.finish()
  local servers = terminal.children()
  t.check('Helix runs one server', #servers == 1)
  terminal.quit(':qa!<CR>')
  t.wait('the server has left', function()
    return vim.uv.kill(servers[1], 0) ~= 0
  end)
  os.exit(0)
end

return M
