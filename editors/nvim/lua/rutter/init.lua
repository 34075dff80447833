local M = {}

--- What the status line shows for a buffer: the spec it belongs to and the next thing that waits for the user.
--- Empty outside a spec while no job runs.
---@param buf integer? the buffer that is drawn, unless given
---@return string
function M.status(buf)
  if not package.loaded['rutter.state'] then
    return ''
  end
  local win = vim.g.statusline_winid
  if not buf and win and vim.api.nvim_win_is_valid(win) then
    buf = vim.api.nvim_win_get_buf(win)
  end
  return require('rutter.state').line(buf or vim.api.nvim_get_current_buf())
end

--- The last state the server sent for the folder of a buffer, as the protocol describes it.
---@param buf integer? the current buffer, unless given
---@return table?
function M.state(buf)
  return require('rutter.state').of(buf or vim.api.nvim_get_current_buf())
end

return M
