-- Finds or starts the server, sends it one command, and tells the user what came of it.
local M = {}

local NAME = 'rutter'
local changes = {} ---@type table<integer, string[]> changes made through each client, the last one last
local shown = {} ---@type table<integer, table<string, boolean>> what each server showed since its last command

---@param message string
---@param level integer?
function M.tell(message, level)
  vim.notify('Rutter: ' .. message, level or vim.log.levels.INFO)
end

---@param message string
function M.fail(message)
  M.tell(message, vim.log.levels.ERROR)
end

--- Calls `done` with the client for `buf`; starts the server where no file has done so yet.
---@param buf integer
---@param done fun(client: vim.lsp.Client)
function M.get(buf, done)
  local client = vim.lsp.get_clients({ name = NAME, bufnr = buf })[1] or vim.lsp.get_clients({ name = NAME })[1]
  if client then
    return done(client)
  end
  local config = vim.deepcopy(assert(vim.lsp.config[NAME], 'editors/nvim is not on the runtimepath'))
  if vim.fn.executable(config.cmd[1]) == 0 then
    return M.fail(('`%s` is not on the PATH. See :checkhealth rutter'):format(config.cmd[1]))
  end
  config.root_dir = vim.fs.root(0, { '.kiro', '.rutter', '.git', 'AGENTS.md' }) or vim.uv.cwd()
  config.on_init = function(started)
    vim.schedule(function()
      done(started)
    end)
  end
  vim.lsp.start(config, { attach = false })
end

--- Whether the client's server offers a command.
---@param client vim.lsp.Client
---@param command string
function M.offers(client, command)
  local provider = client.server_capabilities.executeCommandProvider
  return provider ~= nil and vim.list_contains(provider.commands or {}, command)
end

--- Writes the changed spec documents of this client: an approval binds to what is saved.
---@return boolean saved false when one could not be written
local function save(client)
  local state = require('rutter.state')
  for buf in pairs(client.attached_buffers) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.bo[buf].modified and state.in_spec(buf) then
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

local function report_error(err)
  local data = type(err.data) == 'table' and err.data or {}
  local hint = type(data.hint) == 'string' and ('\n' .. data.hint) or ''
  M.fail(err.message .. hint)
end

local function report(client, command, answer)
  if type(answer) ~= 'table' then
    return
  end
  local change = type(answer.change) == 'string' and answer.change or nil
  if change and command ~= 'rutter.undo' then
    table.insert(changes[client.id], change)
  end
  local uri = (answer.uris or {})[1]
  local opens = command == 'rutter.newSpec' or command == 'rutter.nextStage' or command == 'rutter.show'
  if uri and opens and next(shown[client.id]) == nil then
    vim.lsp.util.show_document({ uri = uri }, client.offset_encoding, { reuse_win = true, focus = true })
  end
  if type(answer.message) == 'string' and answer.message ~= '' then
    M.tell(answer.message)
  end
  -- What the server wrote itself may be shown in a window.
  vim.cmd.checktime()
end

--- Runs a command of the server. Every way to one leads here: `:Rutter`, a lens, a code action.
---@param client vim.lsp.Client
---@param command string
---@param arguments table[]
---@param done fun(err: lsp.ResponseError?, answer: table?)?
function M.execute(client, command, arguments, done)
  if not M.offers(client, command) then
    return M.fail(('this version of the server has no %s. Update it, see :checkhealth rutter'):format(command))
  end
  if command ~= 'rutter.show' and command ~= 'rutter.cancel' and not save(client) then
    return
  end
  changes[client.id] = changes[client.id] or {}
  shown[client.id] = {}
  client:request('workspace/executeCommand', { command = command, arguments = arguments }, function(err, answer)
    if err then
      report_error(err)
    else
      report(client, command, answer)
    end
    if done then
      done(err, answer)
    end
  end)
end

--- The last change made through this client that was not undone.
---@param client vim.lsp.Client
---@return string?
function M.last_change(client)
  local made = changes[client.id] or {}
  return made[#made]
end

---@param client vim.lsp.Client
function M.undone(client)
  table.remove(changes[client.id])
end

---@param client_id integer
---@param uri string
function M.shown(client_id, uri)
  shown[client_id] = shown[client_id] or {}
  shown[client_id][uri] = true
end

--- Called for every attached buffer; leads the lenses and code actions of our server through `execute`.
---@param client_id integer
---@param buf integer
function M.attached(client_id, buf)
  local client = vim.lsp.get_client_by_id(client_id)
  if not client or client.name ~= NAME then
    return
  end
  for _, command in ipairs((client.server_capabilities.executeCommandProvider or {}).commands or {}) do
    client.commands[command] = function(asked)
      M.execute(client, asked.command, asked.arguments or {})
    end
  end
  require('rutter.lens').attach(buf)
end

return M
