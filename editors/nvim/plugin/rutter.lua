if vim.g.loaded_rutter then
  return
end
vim.g.loaded_rutter = true

local group = vim.api.nvim_create_augroup('rutter', {})
local function on(event, opts)
  vim.api.nvim_create_autocmd(event, vim.tbl_extend('error', { group = group }, opts))
end

vim.api.nvim_create_user_command('Rutter', function(opts)
  require('rutter.command').run(opts)
end, {
  nargs = '*',
  range = true,
  bang = true,
  desc = 'From a sentence to approved requirements, design and tasks',
  complete = function(lead, line)
    return require('rutter.command').complete(lead, line)
  end,
})

on('LspAttach', {
  callback = function(ev)
    require('rutter.client').attached(ev.data.client_id, ev.buf)
  end,
})

-- Loading vim.lsp costs more than all of the above, so it waits for the first file.
local function enable()
  if vim.v.vim_did_enter == 1 then
    vim.schedule(function()
      vim.lsp.enable('rutter')
    end)
  else
    on('VimEnter', { once = true, callback = enable })
  end
end

if (vim.g.rutter or {}).enable ~= false then
  if vim.v.vim_did_enter == 1 then
    enable()
  else
    on('FileType', { once = true, callback = enable })
  end
end
