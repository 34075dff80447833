-- Ready for nvim-lspconfig as lsp/rutter.lua; not yet submitted, for nothing is published yet. Leave these two lines out, and
-- put the repository's owner for OWNER.
---@brief
---
--- https://github.com/OWNER/rutter
---
--- A language server for spec-driven development: requirements, design and tasks in Markdown under `.kiro/specs`, with
--- decisions, approvals and links into source. Every step is a code action; new specs come from a comment, a selection or
--- `rutter new` in a shell. It attaches beside the language server of a source file and leaves formatting and renaming of code
--- to that one.
---
--- It is one binary, `rutter`, which must be on the `PATH`. The plugin in `editors/nvim` of the repository adds a `:Rutter`
--- command and a status line.

---@type vim.lsp.Config
return {
  cmd = { 'rutter', 'lsp' },
  filetypes = {
    'markdown',
    'json',
    'jsonc',
    'yaml',
    'c',
    'cpp',
    'cs',
    'go',
    'java',
    'javascript',
    'javascriptreact',
    'php',
    'python',
    'ruby',
    'rust',
    'typescript',
    'typescriptreact',
  },
  root_dir = function(bufnr, on_dir)
    -- `~/.kiro` holds the settings of Kiro itself: the home folder is never a project.
    local home = vim.fs.normalize('~')
    local root = vim.fs.root(bufnr, function(name, path)
      return vim.list_contains({ '.kiro', '.rutter', '.git' }, name) and vim.fs.normalize(path) ~= home
    end)
    if root then
      on_dir(root)
    end
  end,
  capabilities = {
    -- Neovim checks the versions of edits, but doesn't announce it; without this, only saved files are changed.
    workspace = { workspaceEdit = { documentChanges = true } },
  },
}
