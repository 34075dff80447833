-- `:checkhealth rutter`
local M = {}

local health = vim.health
local INSTALL = 'Run `cargo install --path crates/cli --locked` in a checkout of Rutter.'

local function check_binary(cmd)
  if type(cmd) ~= 'table' then
    return health.info('The server is started by a function of your own.')
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    return health.error(('`%s` is not on the PATH.'):format(cmd[1]), INSTALL)
  end
  local ok, out = pcall(function()
    return vim.system({ path, '--version' }, { text = true }):wait(5000)
  end)
  if ok and out.code == 0 then
    health.ok(('%s: %s'):format(path, vim.trim(out.stdout)))
  else
    health.error(('%s does not run: %s'):format(path, ok and vim.trim(out.stderr or '') or out), INSTALL)
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'rutter' })
  if #clients == 0 then
    local where = 'Open a file below a folder with `.kiro`, `.rutter`, `.git` or `AGENTS.md`, or use `:Rutter new`.'
    return health.warn('No server runs.', where)
  end
  for _, client in ipairs(clients) do
    local count = vim.tbl_count(client.attached_buffers)
    health.ok(('A server runs for %s, with %d buffer(s) attached.'):format(client.root_dir, count))
  end
  health.info('Whether this folder is trusted is known to the server only; `rutter doctor` tells.')
end

function M.check()
  health.start('Rutter')
  if vim.fn.has('nvim-0.11') == 0 then
    return health.error(('Neovim %s is too old.'):format(vim.version()), 'Use Neovim 0.11 or newer.')
  end
  health.ok(('Neovim %s'):format(vim.version()))
  check_binary(vim.lsp.config.rutter.cmd)
  check_clients()
end

return M
