local M = {}

--- What the status line shows for a buffer (the one that is drawn, unless given): the running job, or the spec it
--- belongs to and what waits for the user. Empty elsewhere.
---@param buf integer?
---@return string
function M.status(buf)
  if not package.loaded['rutter.state'] then
    return ''
  end
  local win = vim.g.statusline_winid
  local drawn = win and vim.api.nvim_win_is_valid(win) and vim.api.nvim_win_get_buf(win)
  return require('rutter.state').line(buf or drawn or vim.api.nvim_get_current_buf())
end

--- The last state the server sent for the folder of a buffer (the current one, unless given).
---@param buf integer?
---@return table?
function M.state(buf)
  return require('rutter.state').of(buf or vim.api.nvim_get_current_buf())
end

return M
