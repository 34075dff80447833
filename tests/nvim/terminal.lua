-- A second Neovim, or another program, in a terminal of 80 columns, driven by keys alone and read by what stands on its screen.
local t = require('lib')

local M = {}
local channel, buf

--- Starts a program in the project, on a screen of this size where one is given.
function M.run(command, size)
  buf = vim.api.nvim_create_buf(true, false)
  if size then
    -- Without a screen of its own Neovim can't grow its windows; one that floats has the size that is asked for.
    vim.o.columns, vim.o.lines = size.width + 2, size.height + 4
    vim.api.nvim_open_win(buf, true, { relative = 'editor', row = 0, col = 0, width = size.width, height = size.height })
  else
    vim.api.nvim_set_current_buf(buf)
  end
  channel = vim.fn.jobstart(command, {
    term = true,
    cwd = t.project,
    env = { NVIM = '', TERM = 'xterm-256color' },
  })
  t.check(vim.fs.basename(command[1]) .. ' starts in a terminal', channel > 0)
end

--- Starts `nvim` with an init file made of `lines` in the project, at `path`.
function M.start(lines, path)
  local init = vim.fn.tempname() .. '.lua'
  vim.fn.writefile(lines, init)
  M.run({ t.nvim, '-n', '-i', 'NONE', '-u', init, path })
end

function M.screen()
  return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n')
end

--- Waits until the screen holds `text`; shows the screen where it never does.
function M.sees(text)
  local found = vim.wait(10000, function()
    return M.screen():find(text, 1, true) ~= nil
  end, 5)
  if not found then
    t.die(('never on the screen: %s\n%s'):format(text, M.screen()))
  end
  t.say('ok on the screen: ' .. text)
end

--- Sends keys, as in "<Esc>:w<CR>".
function M.keys(keys)
  vim.api.nvim_chan_send(channel, vim.keycode(keys))
end

--- Picks the entry of the numbered menu on the screen that contains `text`.
function M.pick(text)
  local number
  local found = vim.wait(10000, function()
    for _, line in ipairs(vim.split(M.screen(), '\n')) do
      number = line:find(text, 1, true) and line:match('^%s*(%d+)[:.)] ') or number
    end
    return number ~= nil
  end, 5)
  if not found then
    t.die(('no menu entry with "%s":\n%s'):format(text, M.screen()))
  end
  t.say('ok picked from a menu: ' .. text)
  M.keys(number .. '<CR>')
end

--- The processes that the program started.
function M.children()
  return vim.api.nvim_get_proc_children(vim.fn.jobpid(channel))
end

--- Leaves the program by `keys`, or Neovim by `:qa!`, and waits for its end.
function M.quit(keys)
  M.keys(keys or '<Esc>:qa!<CR>')
  t.check('it leaves', vim.fn.jobwait({ channel }, 5000)[1] == 0)
end

return M
