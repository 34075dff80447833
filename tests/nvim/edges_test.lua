-- What else a person does: a selection as the sentence, undo of an edit, sync, a report, leaving with work unsaved.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

t.use_plugin()

-- A report where there is no spec, from a source file.
t.edit('src/config.ts')
t.attached()
vim.cmd('Rutter status')
t.wait('the status of nothing is shown', function()
  return vim.fn.expand('%:t') == 'status.md'
end)
vim.cmd('Rutter next')
t.check('there is no spec yet', t.was_told('there is no spec yet'))

-- A visual selection, with text outside ASCII before it.
t.write('notes.md', { '# Idées', '', 'é 🙂 Let customers export their orders as a CSV file', 'unrelated' })
t.edit('notes.md')
t.attached()
vim.api.nvim_win_set_cursor(0, { 3, 7 })
t.go_to('Let customers')
t.pick('Make a spec of this selection')
t.type('v$hgra')
local requirements = t.wait('the requirements are shown', function()
  return t.shown():match('^%.kiro/specs/[^/]+/requirements%.md$')
end)
t.attached()

-- Undo of an answer: the open document has its old text again.
local before = t.text()
t.wait('decisions', function()
  return #t.decisions() > 0
end)
local d = t.decisions()[1]
vim.cmd('Rutter decide ' .. d.id .. ' 2')
t.wait('it is answered', function()
  return t.text() ~= before
end)
vim.cmd('Rutter undo')
t.wait('the answer is undone in the open document', function()
  return t.text() == before
end)
t.wait('the decision is open again', function()
  return vim.iter(t.decisions()):any(function(x)
    return x.id == d.id
  end)
end)
vim.cmd('Rutter undo')
t.wait('the spec is gone', function()
  return not t.exists(requirements)
end)
t.wait('its buffer is closed', function()
  return t.shown() ~= requirements
end)

-- Sync: a new criterion reaches design and tasks, whether their buffers are shown or not.
vim.cmd('Rutter new --workflow=quick let customers cancel an order within an hour')
local first = t.wait('a quick spec is shown', function()
  return t.shown():match('^%.kiro/specs/[^/]+/[a-z]+%.md$')
end)
local folder = vim.fs.dirname(first)
t.attached()
vim.cmd('edit ' .. folder .. '/requirements.md')
t.attached()
for _, stage in ipairs({ 'requirements', 'design', 'tasks' }) do
  vim.cmd('Rutter! approve ' .. stage)
  t.wait_stage(stage, 'approved')
end
vim.cmd('silent wall')

t.go_to('1. ')
-- The list that the last criterion stands in: its requirement, how many there are and where it ends.
local requirement, count, last
for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
  requirement = line:match('^### Requirement (%d+)') or requirement
  if line:match('^### Requirement') then
    count = 0
  elseif line:match('^%d+%. ') then
    count, last = count + 1, i
  end
end
vim.api.nvim_win_set_cursor(0, { last, 0 })
local added = ('%s.%d'):format(requirement, count + 1)
t.type(('o%d. WHEN an order is cancelled, THE Shop_App SHALL send the customer a mail<Esc>'):format(count + 1))
t.wait_diagnostic('requirement/uncovered')
t.pick('Sync design and tasks')
t.type('gra')
local tasks = t.project .. '/' .. folder .. '/tasks.md'
t.wait('the tasks cite the new criterion', function()
  local buf = vim.fn.bufnr(tasks)
  local text = vim.fn.bufloaded(tasks) == 1 and t.text(buf) or table.concat(vim.fn.readfile(tasks), '\n')
  return text:find(added, 1, true)
end)
t.wait('the finding is gone', function()
  return not vim.iter(vim.diagnostic.get(0)):any(function(d)
    return d.code == 'requirement/uncovered'
  end)
end)

-- An approval given elsewhere is seen here.
vim.cmd('silent wall')
t.wait_stage('requirements', 'stale')
local out = vim
  .system({ t.binary, '-C', t.project, 'approve', vim.fs.basename(folder), 'requirements' }, { text = true })
  :wait()
t.check('the command line approves', out.code == 0)
t.wait_stage('requirements', 'approved')

-- Leaving the editor ends the server.
local pid = vim.fn.system({ 'pgrep', '-P', tostring(vim.uv.os_getpid()), 'rutter' })
t.check('there is a server', tonumber(pid))
t.finish(function()
  t.wait('its process is gone', function()
    return vim.uv.kill(tonumber(pid), 0) ~= 0
  end)
end)
