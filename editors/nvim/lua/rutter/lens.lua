-- Keeps the lenses of Rutter's buffers fresh, which Neovim 0.11 leaves to its users.
local M = {}

local group = vim.api.nvim_create_augroup('rutter.lens', {})

---@param client_id integer
function M.refresh_all(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  if not client or (vim.g.rutter or {}).codelens == false then
    return
  end
  for buf in pairs(client.attached_buffers) do
    if vim.api.nvim_buf_is_loaded(buf) then
      vim.lsp.codelens.refresh({ bufnr = buf })
    end
  end
end

--- Shows the lenses of `buf` from now on, unless the user set `vim.g.rutter.codelens` to false.
---@param buf integer
function M.attach(buf)
  if (vim.g.rutter or {}).codelens == false then
    return
  end
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buf })
    return
  end
  local function refresh()
    vim.lsp.codelens.refresh({ bufnr = buf })
  end
  vim.api.nvim_clear_autocmds({ group = group, buffer = buf })
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost' }, {
    group = group,
    buffer = buf,
    desc = 'Refresh the lenses of Rutter',
    callback = refresh,
  })
  refresh()
end

---@param buf integer
function M.detach(buf)
  vim.api.nvim_clear_autocmds({ group = group, buffer = buf })
end

return M
