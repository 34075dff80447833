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

--- The state of the server that serves `buf`, or else of the first one there is.
---@param buf integer
---@return table?
function M.of(buf)
  local clients = vim.lsp.get_clients({ name = 'rutter' })
  for _, client in ipairs(clients) do
    if client.attached_buffers[buf] then
      return by_client[client.id]
    end
  end
  return clients[1] and by_client[clients[1].id]
end

--- The specs that commands change, as the server of `buf` told them: those of other tools are read only.
---@param buf integer
---@return table[]
function M.specs(buf)
  return vim.tbl_filter(function(spec)
    return not spec.read_only
  end, (M.of(buf) or {}).specs or {})
end

--- Whether `buf` is a document of a spec, and the status of that spec where the server has told it.
---@param buf integer
---@return boolean, table?
function M.spec(buf)
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(buf))
  for _, spec in ipairs(M.specs(buf)) do
    if path:find('/.kiro/specs/' .. spec.spec .. '/', 1, true) then
      return true, spec
    end
  end
  return path:find('/.kiro/specs/', 1, true) ~= nil, nil
end

local function waits(spec)
  local open = #(spec.decisions or {})
  if open > 0 then
    return open .. (open == 1 and ' decision' or ' decisions')
  end
  for _, stage in ipairs(spec.stages or {}) do
    if stage.state ~= 'approved' then
      return stage.stage .. ' ' .. stage.state
    end
  end
  return ('tasks %d/%d'):format(spec.tasks.done, spec.tasks.total)
end

--- One line for the status line.
---@param buf integer
---@return string
function M.line(buf)
  for _, job in ipairs((M.of(buf) or {}).jobs or {}) do
    if job.state == 'running' then
      return job.title .. (type(job.progress) == 'number' and (' %d%%'):format(job.progress) or '')
    end
  end
  local _, spec = M.spec(buf)
  return spec and (spec.spec .. ': ' .. waits(spec)) or ''
end

return M
