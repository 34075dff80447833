-- What the Neovim tests share. Each script runs by `nvim --headless -u NONE -l`, in a project of its own.
local M = {}

M.project = assert(os.getenv('RUTTER_PROJECT'), 'RUTTER_PROJECT is not set')
M.nvim = assert(os.getenv('RUTTER_NVIM'), 'RUTTER_NVIM is not set')
M.binary = assert(os.getenv('RUTTER_BIN'), 'RUTTER_BIN is not set')

M.said = {} ---@type string[] everything the user was told

function M.die(message)
  io.stderr:write('FAIL ' .. message .. '\n')
  for _, text in ipairs(M.said) do
    io.stderr:write('  said: ' .. text .. '\n')
  end
  for _, d in ipairs(vim.diagnostic.get()) do
    io.stderr:write(
      ('  diagnostic: %s:%d %s %s\n'):format(vim.api.nvim_buf_get_name(d.bufnr), d.lnum + 1, d.code, d.message)
    )
  end
  io.stderr:write('  buffer: ' .. vim.api.nvim_buf_get_name(0) .. '\n')
  os.exit(1)
end

function M.say(line)
  io.stdout:write(line .. '\n')
  io.stdout:flush()
end

function M.check(what, ok)
  if not ok then
    M.die(what)
  end
  M.say('ok ' .. what)
end

--- Waits until `condition` holds and returns what it returned.
function M.wait(what, condition)
  local value
  local done = vim.wait(10000, function()
    value = condition()
    return value
  end, 5)
  M.check(what, done)
  return value
end

vim.notify = function(text)
  table.insert(M.said, text)
end

--- Whether the user was told something that contains `text`.
function M.was_told(text)
  return vim.iter(M.said):any(function(said)
    return said:find(text, 1, true) ~= nil
  end)
end

M.menus = {} ---@type string[][] every menu that was shown
local picks = {} ---@type string[]

--- Answers the next menu with the entry that contains `text`.
function M.pick(text)
  table.insert(picks, text)
end

vim.ui.select = function(items, opts, done)
  local format = opts.format_item or tostring
  local titles = vim.tbl_map(format, items)
  table.insert(M.menus, titles)
  local wanted = table.remove(picks, 1)
  if not wanted then
    M.die('a menu nobody expected: ' .. table.concat(titles, ' / '))
  end
  for i, title in ipairs(titles) do
    if title:find(wanted, 1, true) then
      return done(items[i], i)
    end
  end
  M.die(('no entry "%s" in the menu: %s'):format(wanted, table.concat(titles, ' / ')))
end

M.inputs = {} ---@type string[] what is typed into the next text prompts
M.prompts = {} ---@type string[]
vim.ui.input = function(opts, done)
  table.insert(M.prompts, opts.prompt)
  done(table.remove(M.inputs, 1))
end

--- Types keys as a user would, and lets what they start begin.
function M.type(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'mx', false)
end

--- Puts the cursor on the first line that contains `text`.
function M.go_to(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { i, at - 1 })
      return i
    end
  end
  M.die(('no line with "%s" in %s'):format(text, vim.api.nvim_buf_get_name(0)))
end

function M.line()
  return vim.api.nvim_get_current_line()
end

function M.text(buf)
  return table.concat(vim.api.nvim_buf_get_lines(buf or 0, 0, -1, false), '\n')
end

function M.edit(path)
  vim.cmd.edit(vim.fs.joinpath(M.project, path))
end

--- The path of the current buffer below the project.
function M.shown()
  local name = vim.fs.normalize(vim.api.nvim_buf_get_name(0))
  return vim.fs.relpath(vim.uv.fs_realpath(M.project), vim.uv.fs_realpath(name) or name) or name
end

function M.client(buf)
  local client = vim.lsp.get_clients({ name = 'rutter', bufnr = buf or 0 })[1]
  return client and client.initialized and client or nil
end

function M.attached()
  return M.wait('attached to ' .. M.shown(), function()
    return M.client()
  end)
end

--- The titles of the lenses of the current buffer.
function M.lenses()
  local new = vim.lsp.codelens.enable ~= nil
  return vim.tbl_map(function(found)
    local lens = found.lens or found
    return lens.command and lens.command.title or '?'
  end, vim.lsp.codelens.get(new and { bufnr = 0 } or 0))
end

function M.wait_diagnostic(code)
  return M.wait('diagnostic ' .. code, function()
    return vim.iter(vim.diagnostic.get(0)):find(function(d)
      return d.code == code
    end)
  end)
end

--- Waits for a lens whose title contains `text`.
function M.wait_lens(text)
  return M.wait('lens ' .. text, function()
    return vim.iter(M.lenses()):find(function(title)
      return title:find(text, 1, true)
    end)
  end)
end

--- Puts the cursor on the line of a lens, and expects the menu of that line where it has several.
function M.go_to_lens(text)
  local lenses = vim.lsp.codelens.get(0)
  local wanted = vim.iter(lenses):find(function(lens)
    return lens.command.title:find(text, 1, true)
  end)
  local line = wanted.range.start.line
  vim.api.nvim_win_set_cursor(0, { line + 1, 0 })
  local here = vim.iter(lenses):filter(function(lens)
    return lens.range.start.line == line
  end)
  if #here:totable() > 1 then
    M.pick(text)
  end
end

local function spec()
  local inside, status = require('rutter.state').spec(0)
  return inside and status or nil
end

--- The open decisions of the spec of the current buffer, as the server told them last.
function M.decisions()
  return (spec() or {}).decisions or {}
end

function M.decision(id)
  return M.wait('decision ' .. id .. ' is told', function()
    return vim.iter(M.decisions()):find(function(decision)
      return decision.id == id
    end)
  end)
end

function M.wait_stage(stage, state)
  M.wait(('%s: %s'):format(stage, state), function()
    return vim.iter((spec() or {}).stages or {}):any(function(s)
      return s.stage == stage and s.state == state
    end)
  end)
end

function M.exists(path)
  return vim.uv.fs_stat(vim.fs.joinpath(M.project, path)) ~= nil
end

function M.write(path, lines)
  vim.fn.writefile(lines, vim.fs.joinpath(M.project, path))
end

function M.use_plugin(config)
  vim.opt.runtimepath:append(vim.fs.joinpath(assert(os.getenv('RUTTER_EDITORS')), 'nvim'))
  vim.lsp.config('rutter', vim.tbl_extend('force', { cmd = { M.binary, 'lsp' } }, config or {}))
  vim.cmd.runtime('plugin/rutter.lua')
  vim.cmd('filetype plugin on')
end

--- Ends the server as leaving the editor would, checks what `after` does, and ends the script with success.
function M.finish(after)
  for _, client in ipairs(vim.lsp.get_clients()) do
    client:stop()
  end
  M.wait('server stopped', function()
    return #vim.lsp.get_clients() == 0
  end)
  if after then
    after()
  end
  os.exit(0)
end

return M
