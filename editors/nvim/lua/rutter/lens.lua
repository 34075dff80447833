-- Keeps the lenses of Rutter's buffers fresh, which Neovim 0.11 leaves to its users.
local M = {}

local function wanted()
  return (vim.g.rutter or {}).codelens ~= false
end

---@param buf integer
function M.refresh(buf)
  if wanted() then
    vim.lsp.codelens.refresh({ bufnr = buf })
  end
end

--- Shows the lenses of `buf` from now on, unless the user set `vim.g.rutter.codelens` to false.
---@param buf integer
function M.attach(buf)
  if not wanted() then
    return
  elseif vim.lsp.codelens.enable then
    return vim.lsp.codelens.enable(true, { bufnr = buf })
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost' }, {
    group = vim.api.nvim_create_augroup('rutter.lens.' .. buf, {}),
    buffer = buf,
    callback = function()
      M.refresh(buf)
    end,
  })
  M.refresh(buf)
end

return M
