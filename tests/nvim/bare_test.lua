-- The whole way without the plugin: a few lines of configuration, everything by code actions.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

vim.lsp.config('rutter', {
  cmd = { t.binary, 'lsp' },
  filetypes = { 'markdown', 'json', 'yaml', 'typescript' },
  root_markers = { '.kiro', '.git' },
  capabilities = { workspace = { workspaceEdit = { documentChanges = true } } },
})
vim.lsp.enable('rutter')
vim.cmd('filetype plugin on')

t.write('src/routes/session.ts', { '// let customers sign in with email and password' })
t.edit('src/routes/session.ts')
t.attached()
t.pick('Make a spec of this comment')
t.type('gra')
local requirements = t.wait('the requirements are shown', function()
  return t.shown():match('^%.kiro/specs/[^/]+/requirements%.md$')
end)
local folder = vim.fs.dirname(requirements)
t.wait('the cursor is on the first open decision', function()
  return t.line():match('^%- %*%*D1%*%*')
end)
t.attached()

--- Approves the current document by its code action, after saving it; takes the first choices where some are open.
local function approve(name)
  vim.cmd('silent write')
  t.pick('Approve ' .. name)
  t.type('gra')
  t.wait('the approval of the ' .. name .. ' is on disk', function()
    local path = t.project .. '/' .. folder .. '/approvals.json'
    return t.exists(folder .. '/approvals.json')
      and table.concat(vim.fn.readfile(path), '\n'):find(('"stage": *"%s"'):format(name))
  end)
  t.wait('every decision has its first choice', function()
    return not t.text():find('\n%- %*%*D%d')
  end)
  vim.cmd('silent write')
end

local function draft(file)
  t.pick('Draft ' .. file)
  t.type('gra')
  t.wait(file .. ' is shown', function()
    return t.shown() == folder .. '/' .. file
  end)
  t.attached()
end

t.pick('D1: ')
t.type('gra')
t.wait('D1 is answered by a code action', function()
  return not t.text():find('**D1**', 1, true)
end)
vim.lsp.codelens.refresh({ bufnr = 0 })
t.wait_lens('Approve requirements')
approve('requirements')
draft('design.md')
approve('design')
draft('tasks.md')

-- A finding while typing.
t.go_to('_Requirements:')
t.type('A, 99.9<Esc>')
t.wait_diagnostic('task/unknown-requirement')
t.type('u')
t.wait('the finding is gone', function()
  return #vim.diagnostic.get(0) == 0
end)
approve('tasks')

-- Hover and definition on a reference.
t.go_to('_Requirements:')
vim.cmd.normal({ 'f.', bang = true })
t.type('<C-]>')
t.wait('go to definition leads to the requirements', function()
  return t.shown() == requirements
end)

-- An approved criterion that changes.
local line = t.go_to(' SHALL ')
t.type('A and tell the user why<Esc>')
local stale = t.wait_diagnostic('approval/stale')
t.check('the finding is at the edited line', stale.lnum == line - 1)
vim.cmd('silent write')
t.pick('Approve the changed')
t.type('gra')
t.wait('the finding is gone with the approval', function()
  return #vim.diagnostic.get(0) == 0
end)

-- A finding in one document that an edit of another one makes.
vim.cmd.split(t.project .. '/' .. folder .. '/tasks.md')
t.attached()
vim.cmd.wincmd('p')
vim.cmd('%delete')
t.wait('the tasks in the other window show what an edit here made stale', function()
  local buf = vim.fn.bufnr(t.project .. '/' .. folder .. '/tasks.md')
  return vim.iter(vim.diagnostic.get(buf)):any(function(d)
    return d.code == 'approval/stale'
  end)
end)
t.finish()
