-- The last `rutter/state` of each server, and what it says of a buffer.
local M = {}

local by_client = {} ---@type table<integer, table>

---@param client_id integer
---@param state table
function M.set(client_id, state)
  by_client[client_id] = state
  vim.api.nvim_exec_autocmds('User', { pattern = 'RutterState', modeline = false, data = state })
  vim.cmd.redrawstatus({ bang = true })
end

---@param client_id integer
function M.forget(client_id)
  by_client[client_id] = nil
end

--- The state of the server that serves `buf`, or else of the only one there is.
---@param buf integer
---@return table?
function M.of(buf)
  local client = vim.lsp.get_clients({ name = 'rutter', bufnr = buf })[1]
  if client then
    return by_client[client.id]
  end
  local id = next(by_client)
  return id and next(by_client, id) == nil and by_client[id] or nil
end

--- Whether `buf` is a document of a spec.
---@param buf integer
function M.in_spec(buf)
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(buf))
  return path:find('/.kiro/specs/', 1, true) ~= nil
end

--- The status of the spec that `buf` is a document of.
---@param buf integer
---@return table?
function M.spec(buf)
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(buf))
  for _, spec in ipairs((M.of(buf) or {}).specs or {}) do
    if path:find('/.kiro/specs/' .. spec.spec .. '/', 1, true) then
      return spec
    end
  end
end

local function running(state)
  for _, job in ipairs(state.jobs or {}) do
    if job.state == 'running' then
      local percent = type(job.progress) == 'number' and (' %d%%'):format(job.progress) or ''
      return job.title .. percent
    end
  end
end

local function waits(spec)
  local open = #(spec.decisions or {})
  if open > 0 then
    return open == 1 and '1 decision' or open .. ' decisions'
  end
  for _, stage in ipairs(spec.stages or {}) do
    if stage.state ~= 'approved' then
      return stage.stage .. ' ' .. stage.state
    end
  end
  local tasks = spec.tasks or {}
  return ('tasks %d/%d'):format(tasks.done or 0, tasks.total or 0)
end

--- One line for the status line.
---@param buf integer
---@return string
function M.line(buf)
  local state = M.of(buf)
  if not state then
    return ''
  end
  local job = running(state)
  if job then
    return job
  end
  local spec = M.spec(buf)
  return spec and (spec.spec .. ': ' .. waits(spec)) or ''
end

return M
