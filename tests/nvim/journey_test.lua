-- The whole way with the plugin: from a comment to approved tasks, by keys and commands that a user has.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

t.use_plugin()
t.write('src/routes/session.ts', {
  '// TODO: let customers sign in with email and password',
  'export const sessionRoutes = [];',
})
t.edit('src/routes/session.ts')
t.attached()
t.check('a source file has no lens', #t.lenses() == 0)

-- A spec by a code action on a comment.
t.go_to('TODO')
t.pick('Make a spec of this comment')
t.type('gra')
local requirements = t.wait('the requirements are shown', function()
  return t.shown():match('^%.kiro/specs/[^/]+/requirements%.md$')
end)
local folder = vim.fs.dirname(requirements)
t.wait('the cursor is on the first open decision', function()
  return t.line():match('^%- %*%*D1%*%*')
end)
t.check('it was the only entry', #t.menus[1] == 1)
t.attached()
t.wait_lens('open decision')
t.check('generated requirements have no finding', #vim.diagnostic.get(0) == 0)
t.wait('the status line counts decisions', function()
  return require('rutter').status():match('%d decision')
end)

-- A decision by code action: every document and place has the answer.
local first = t.decision('D1')
local choice = first.choices[2]
t.pick('D1: ' .. choice)
t.type('gra')
t.wait('D1 is answered by a code action', function()
  return not t.text():find('**D1**', 1, true) and t.text():find(choice, 1, true)
end)

-- The others by the command; an approval before names them.
local open = t.wait('the state has one decision less', function()
  local decisions = t.decisions()
  return not vim.iter(decisions):any(function(d)
    return d.id == 'D1'
  end) and decisions
end)
if #open > 0 then
  vim.cmd('Rutter approve')
  t.wait('an approval with open decisions names them', function()
    return t.was_told(open[1].text)
  end)
end
for left = #open, 1, -1 do
  local decision = t.decisions()[1]
  if left > 1 then
    t.pick(decision.id)
  end
  t.pick(decision.choices[1])
  vim.cmd('Rutter decide')
  t.wait(decision.id .. ' is answered by the command', function()
    local decisions = t.decisions()
    return #decisions == left - 1
  end)
end

-- Approve and go on: by command, by lens, by code action.
t.check('the answers are not saved yet', vim.bo.modified)
vim.cmd('Rutter approve')
t.wait_stage('requirements', 'approved')
t.check('the document was saved first', not vim.bo.modified)
t.check('the approval is on disk', t.exists(folder .. '/approvals.json'))
vim.cmd('Rutter next')
t.wait('the design is shown', function()
  return t.shown() == folder .. '/design.md'
end)
t.attached()
while #t.decisions() > 0 do
  local decision = t.decisions()[1]
  vim.cmd(('Rutter decide %s 1'):format(decision.id))
  t.wait(decision.id .. ' is answered', function()
    return not vim.iter(t.decisions()):any(function(d)
      return d.id == decision.id
    end)
  end)
end
t.wait_lens('Approve design')
t.go_to_lens('Approve design')
vim.cmd('Rutter lens')
t.wait_stage('design', 'approved')
t.pick('Draft tasks.md')
t.type('gra')
t.wait('the tasks are shown', function()
  return t.shown() == folder .. '/tasks.md'
end)
t.attached()
while #t.decisions() > 0 do
  vim.cmd(('Rutter decide %s 1'):format(t.decisions()[1].id))
  local count = #t.decisions()
  t.wait('a decision is answered', function()
    return #t.decisions() < count
  end)
end
vim.cmd('silent write')
t.pick('Approve tasks')
t.type('gra')
t.wait_stage('tasks', 'approved')
t.wait('the status line counts tasks', function()
  return require('rutter').status():match('tasks 0/%d+')
end)

-- A reference that leads nowhere is found while typing, and is gone with the editor's own undo.
t.go_to('_Requirements:')
t.type('A, 99.9<Esc>')
t.wait_diagnostic('task/unknown-requirement')
t.type('u')
t.wait('the finding is gone', function()
  return #vim.diagnostic.get(0) == 0
end)

-- An approved criterion that changes is told at its line, and approved again.
vim.cmd('silent write')
t.edit(requirements)
local line = t.go_to(' SHALL ')
t.type('A and tell the user why<Esc>')
local stale = t.wait_diagnostic('approval/stale')
t.check('the finding is at the edited line', stale.lnum == line - 1)
t.wait_stage('requirements', 'stale')
t.type('u')
t.wait('the approval holds again', function()
  return #vim.diagnostic.get(0) == 0
end)
t.type('A and tell the user why<Esc>')
t.wait_diagnostic('approval/stale')
t.pick('Approve the changed')
t.type('gra')
t.wait('the finding is gone with the approval', function()
  return #vim.diagnostic.get(0) == 0
end)
vim.cmd('Rutter undo')
t.wait_stage('requirements', 'stale')
t.type('u')
vim.cmd('silent write')
t.wait_stage('requirements', 'approved')

-- Undo takes back what Rutter did, the last first: the approval of the tasks, then the tasks themselves.
vim.cmd('Rutter undo')
t.wait_stage('tasks', 'draft')
local tries = 0
while t.exists(folder .. '/tasks.md') and tries < 5 do
  local told = #t.said
  vim.cmd('Rutter undo')
  t.wait('another step is undone', function()
    return #t.said > told
  end)
  tries = tries + 1
end
t.wait('the tasks are gone', function()
  return not t.exists(folder .. '/tasks.md')
end)
t.wait_stage('design', 'approved')
t.check('their buffer is gone too', vim.fn.bufloaded(t.project .. '/' .. folder .. '/tasks.md') == 0)

-- Reports, and health with the real binary.
vim.cmd('Rutter status')
t.wait('the status is shown as a document', function()
  return t.text():find(vim.fs.basename(folder), 1, true) and t.shown() ~= requirements
end)
vim.cmd('silent! checkhealth rutter')
t.check('health names the version', t.text():find(t.binary .. ': rutter', 1, true))
t.check('health finds no error', not t.text():find('ERROR', 1, true))

t.finish()
