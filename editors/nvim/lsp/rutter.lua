-- The client configuration that |vim.lsp.config| merges with the user's own.

--- The nearest folder that holds one of `names`; the home folder never counts, for `~/.kiro` is the user's own.
local function nearest(buf, names)
  local home = vim.fs.normalize('~')
  return vim.fs.root(buf, function(name, path)
    return vim.list_contains(names, name) and vim.fs.normalize(path) ~= home
  end)
end

local function handler(name)
  return function(...)
    return require('rutter.handlers')[name](...)
  end
end

local config = {
  cmd = { 'rutter', 'lsp' },
  -- stylua: ignore
  filetypes = {
    'markdown', 'json', 'jsonc', 'yaml',
    'c', 'cpp', 'cs', 'go', 'java', 'javascript', 'javascriptreact', 'kotlin', 'lua', 'php', 'python',
    'ruby', 'rust', 'scala', 'sh', 'swift', 'typescript', 'typescriptreact',
  },
  root_dir = function(buf, on_dir)
    local root = nearest(buf, { '.kiro', '.rutter', '.git' }) or nearest(buf, { 'AGENTS.md' })
    if root then
      on_dir(root)
    end
  end,
  init_options = { rutter = { client = { input = true, state = true } } },
  capabilities = {
    workspace = {
      codeLens = { refreshSupport = true },
      diagnostics = { refreshSupport = true },
      -- Neovim checks the versions of edits, though it doesn't say so.
      workspaceEdit = { documentChanges = true },
    },
  },
  handlers = {
    ['rutter/input'] = handler('input'),
    ['rutter/state'] = handler('state'),
    ['workspace/applyEdit'] = handler('apply_edit'),
  },
}

-- Neovim 0.12 refreshes by itself; 0.11 has no handler and would refuse the request.
for method, name in pairs({
  ['workspace/codeLens/refresh'] = 'refresh_lenses',
  ['workspace/diagnostic/refresh'] = 'refresh_diagnostics',
}) do
  if not vim.lsp.handlers[method] then
    config.handlers[method] = handler(name)
  end
end

return config
