local M = {}

local INSTALL = 'Run `cargo install --path crates/cli --locked` in a checkout of Rutter.'

local function check_binary(cmd)
  if type(cmd) ~= 'table' then
    return vim.health.info('The server is started by a function of your own.')
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    return vim.health.error(('`%s` is not on the PATH.'):format(cmd[1]), INSTALL)
  end
  local ok, out = pcall(function()
    return vim.system({ path, '--version' }, { text = true }):wait(5000)
  end)
  if ok and out.code == 0 then
    vim.health.ok(('%s: %s'):format(path, vim.trim(out.stdout)))
  else
    vim.health.error(('%s does not run: %s'):format(path, ok and vim.trim(out.stderr or '') or out), INSTALL)
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'rutter' })
  if #clients == 0 then
    return vim.health.warn(
      'No buffer is attached.',
      'Open a file below a folder with `.kiro`, `.rutter`, `.git` or `AGENTS.md`, or use `:Rutter new`.'
    )
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    vim.health.ok(('Attached to %d buffer(s), root %s'):format(buffers, client.root_dir or 'none'))
    local specs = (require('rutter.state').of(next(client.attached_buffers) or 0) or {}).specs
    if specs then
      vim.health.info(('The server knows %d spec(s).'):format(#specs))
    else
      vim.health.info('The server has sent no state yet.')
    end
  end
  vim.health.info('Whether hooks and tools of this folder are trusted is kept by the server: `rutter doctor` tells.')
end

--- `:checkhealth rutter`
function M.check()
  vim.health.start('Rutter')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. tostring(vim.version()))
  else
    return vim.health.error('Neovim ' .. tostring(vim.version()) .. ' is too old.', 'Use Neovim 0.11 or newer.')
  end
  local config = vim.lsp.config.rutter
  if not config then
    return vim.health.error('There is no client configuration.', 'Put editors/nvim on the runtimepath.')
  end
  check_binary(config.cmd)
  if vim.lsp.is_enabled('rutter') then
    vim.health.ok('The language server is enabled.')
  else
    vim.health.warn('The language server is not enabled.', "`vim.lsp.enable('rutter')` enables it; see `vim.g.rutter`.")
  end
  check_clients()
end

return M
