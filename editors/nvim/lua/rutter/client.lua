-- Finds or starts the server, sends it one command, and tells the user what came of it.
local M = {}

--- Tells that something was done: on one line, for a longer text and what a menu left would ask for Enter.
function M.tell(message)
  message = 'Rutter: ' .. message:gsub('%s+', ' ')
  if vim.fn.strdisplaywidth(message) > vim.v.echospace then
    message = vim.fn.strcharpart(message, 0, vim.v.echospace - 1) .. '…'
  end
  vim.cmd.redraw()
  vim.notify(message, vim.log.levels.INFO)
end

function M.fail(message)
  vim.notify('Rutter: ' .. message, vim.log.levels.ERROR)
end

--- Calls `done` with the client for `buf`; starts the server where no file has done so yet.
---@param buf integer
---@param done fun(client: vim.lsp.Client)
function M.get(buf, done)
  local client = vim.lsp.get_clients({ name = 'rutter', bufnr = buf })[1] or vim.lsp.get_clients({ name = 'rutter' })[1]
  if client then
    return done(client)
  end
  local config = vim.deepcopy(vim.lsp.config.rutter)
  if vim.fn.executable(config.cmd[1]) == 0 then
    return M.fail(('`%s` is not on the PATH. See :checkhealth rutter'):format(config.cmd[1]))
  end
  local root_dir, root = config.root_dir, nil
  if type(root_dir) == 'function' then
    root_dir(buf, function(dir)
      root = dir
    end)
    config.root_dir = root or vim.uv.cwd()
  end
  local started = vim.lsp.get_client_by_id(vim.lsp.start(config, { attach = false }) or -1)
  local ready = started and vim.wait(5000, function()
    return started.initialized or started:is_stopped()
  end, 5)
  if not ready or started:is_stopped() then
    return M.fail('the server did not start. See :checkhealth rutter')
  end
  done(started)
end

function M.commands(client)
  return (client.server_capabilities.executeCommandProvider or {}).commands or {}
end

--- Writes the changed spec documents, for an approval binds to what is saved; false when one could not be written.
local function save(client)
  for buf in pairs(client.attached_buffers) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.bo[buf].modified and require('rutter.state').spec(buf) then
      local ok, err = pcall(vim.api.nvim_buf_call, buf, function()
        vim.cmd('silent update')
      end)
      if not ok or vim.bo[buf].modified then
        local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ':.')
        M.fail(('%s could not be saved, so nothing was done. %s'):format(name, err or ''))
        return false
      end
    end
  end
  return true
end

--- Closes the documents whose files an undo removed.
local function forget_removed(client)
  for buf in pairs(client.attached_buffers) do
    local gone = not vim.uv.fs_stat(vim.api.nvim_buf_get_name(buf))
    if gone and not vim.bo[buf].modified and require('rutter.state').spec(buf) then
      vim.api.nvim_buf_delete(buf, {})
    end
  end
end

local function report(client, command, err, answer)
  if err then
    local hint = type(err.data) == 'table' and err.data.hint
    return M.fail(err.message .. (hint and '\n' .. hint or ''))
  elseif type(answer) ~= 'table' then
    return
  end
  if type(answer.message) == 'string' and answer.message ~= '' then
    M.tell(answer.message)
  end
  if command == 'rutter.undo' then
    forget_removed(client)
  end
  vim.cmd.checktime()
end

--- Runs a command of the server. Every way to one leads here: `:Rutter`, a lens, a code action.
---@param client vim.lsp.Client
---@param command string
---@param arguments table[]
function M.execute(client, command, arguments)
  if not vim.list_contains(M.commands(client), command) then
    return M.fail(('this version of the server has no %s. Update it, see :checkhealth rutter'):format(command))
  end
  if command ~= 'rutter.show' and command ~= 'rutter.cancel' and not save(client) then
    return
  end
  client:request('workspace/executeCommand', { command = command, arguments = arguments }, function(err, answer)
    report(client, command, err, answer)
  end)
end

local leaving = setmetatable({}, { __mode = 'k' }) ---@type table<vim.lsp.Client, true>

--- Neovim tells "Nothing to rename" where the last server that it asks has nothing, though another has just renamed. So
--- ours is not asked in source beside a server that renames; what is linked there is renamed from the spec.
---@param client vim.lsp.Client
local function leave_renames(client)
  if leaving[client] then
    return
  end
  leaving[client] = true
  local supports = client.supports_method
  client.supports_method = function(self, method, buf)
    if method == 'textDocument/rename' and type(buf) == 'number' and vim.bo[buf].filetype ~= 'markdown' then
      for _, other in ipairs(vim.lsp.get_clients({ bufnr = buf })) do
        if other.name ~= 'rutter' and other:supports_method(method, buf) then
          return false
        end
      end
    end
    return supports(self, method, buf)
  end
end

--- Leads the lenses and code actions of our server through `execute`; called for every buffer that is attached.
---@param client_id integer
---@param buf integer
function M.attached(client_id, buf)
  local client = vim.lsp.get_client_by_id(client_id)
  if client and client.name == 'rutter' then
    for _, command in ipairs(M.commands(client)) do
      client.commands[command] = function(asked)
        M.execute(client, asked.command, asked.arguments or {})
      end
    end
    require('rutter.lens').attach(buf)
    leave_renames(client)
  end
end

return M
