if vim.g.loaded_rutter then
  return
end
vim.g.loaded_rutter = true

local group = vim.api.nvim_create_augroup('rutter', {})

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

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Set up what a buffer served by Rutter needs',
  callback = function(ev)
    require('rutter.client').attached(ev.data.client_id, ev.buf)
  end,
})

if (vim.g.rutter or {}).enable == false then
  return
end

-- Loading vim.lsp costs more than all of the above, so it waits for the first file.
local function enable()
  vim.lsp.enable('rutter')
end

if vim.v.vim_did_enter == 1 then
  vim.schedule(enable)
else
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    once = true,
    desc = 'Enable the Rutter language server',
    callback = function()
      if vim.v.vim_did_enter == 1 then
        vim.schedule(enable)
      else
        vim.api.nvim_create_autocmd('VimEnter', { group = group, once = true, callback = enable })
      end
    end,
  })
end
