-- Answers to what the server sends or asks.
local M = {}

--- `rutter/input`: a line of text from the user; null when they give none.
function M.input(_, params)
  local co = coroutine.running()
  vim.ui.input({ prompt = params.title .. ': ', default = params.value }, function(text)
    -- The default vim.ui.input answers before it returns, so the resume waits for the yield.
    vim.schedule(function()
      coroutine.resume(co, text or vim.NIL)
    end)
  end)
  return coroutine.yield()
end

--- `rutter/state`: kept for the status line and the choices of `:Rutter`.
function M.state(_, params, ctx)
  require('rutter.state').set(ctx.client_id, params)
end

--- `workspace/applyEdit`: Neovim's own handler without the label. It would print that, and with our message ask for Enter.
function M.apply_edit(err, params, ctx)
  return vim.lsp.handlers['workspace/applyEdit'](err, { edit = params.edit }, ctx)
end

local function each_buffer(ctx, visit)
  local client = assert(vim.lsp.get_client_by_id(ctx.client_id))
  vim.iter(vim.tbl_keys(client.attached_buffers)):filter(vim.api.nvim_buf_is_loaded):each(function(buf)
    visit(buf, client)
  end)
  return vim.NIL
end

--- `workspace/codeLens/refresh`, which Neovim 0.11 lacks.
function M.refresh_lenses(_, _, ctx)
  return each_buffer(ctx, require('rutter.lens').refresh)
end

--- `workspace/diagnostic/refresh`, which Neovim 0.11 lacks.
function M.refresh_diagnostics(_, _, ctx)
  return each_buffer(ctx, function(buf, client)
    client:request('textDocument/diagnostic', { textDocument = { uri = vim.uri_from_bufnr(buf) } }, nil, buf)
  end)
end

return M
