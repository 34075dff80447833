-- The `:Rutter` command: turns its words into one argument for the server.
-- A call is `{client, buf, words, text, given, range?, bang}`: `words` stand after the subcommand, `text` is the same
-- in one piece, `given` holds what came as `--key=value`.
local client = require('rutter.client')
local state = require('rutter.state')

local M = {}

local function execute(call, command, argument)
  -- An empty table alone would be sent as an array.
  argument = vim.tbl_extend('force', vim.empty_dict(), argument, call.given)
  client.execute(call.client, 'rutter.' .. command, { argument })
end

local function choose(items, prompt, format, done)
  if #items == 1 then
    return done(items[1])
  end
  vim.ui.select(items, { prompt = prompt, kind = 'rutter', format_item = format }, function(item)
    if item then
      done(item)
    end
  end)
end

local function document(call)
  local name = vim.api.nvim_buf_get_name(call.buf)
  return name ~= '' and vim.bo[call.buf].buftype == '' and vim.uri_from_bufnr(call.buf) or nil
end

--- Calls `done` with the spec that is meant (the buffer's, else the user's choice) and its status where it is known.
local function with_spec(call, done)
  local inside, status = state.spec(call.buf)
  if inside then
    return done(document(call), status)
  end
  local specs = state.specs(call.buf)
  if #specs == 0 then
    return client.fail('there is no spec yet. Make one with :Rutter new')
  end
  choose(specs, 'Spec', function(spec)
    return spec.spec
  end, function(spec)
    done(spec.spec, spec)
  end)
end

local function for_spec(command)
  return function(call)
    with_spec(call, function(spec)
      execute(call, command, { spec = spec })
    end)
  end
end

local function new(call)
  local prompt = call.text ~= '' and call.text or nil
  execute(call, 'newSpec', { prompt = prompt, uri = document(call), range = call.range })
end

local function from_code(call)
  execute(call, 'specFromCode', { uri = document(call), range = call.range, name = call.given.name })
end

local function decide(call)
  with_spec(call, function(spec, status)
    local id, choice = call.words[1], table.concat(call.words, ' ', 2)
    if choice ~= '' then
      return execute(call, 'decide', { spec = spec, decision = id, choice = tonumber(choice) or choice })
    end
    local open = vim.tbl_filter(function(decision)
      return not id or decision.id == id
    end, (status or {}).decisions or {})
    if #open == 0 then
      return client.tell('no such decision is open')
    end
    choose(open, 'Decision', function(decision)
      return decision.id .. ' ' .. decision.text
    end, function(decision)
      vim.ui.select(decision.choices, { prompt = decision.text, kind = 'rutter' }, function(_, index)
        if index then
          execute(call, 'decide', { spec = spec, decision = decision.id, choice = index })
        end
      end)
    end)
  end)
end

local STAGES = { requirements = 'requirements', bugfix = 'requirements', design = 'design', tasks = 'tasks' }

local function approve(call)
  local stage = STAGES[call.words[1] or vim.fn.fnamemodify(vim.api.nvim_buf_get_name(call.buf), ':t:r')]
  if not stage then
    return client.fail('which stage is approved? Say :Rutter approve requirements, design or tasks')
  end
  with_spec(call, function(spec)
    execute(call, 'approve', { spec = spec, stage = stage, acceptDefaults = call.bang or nil })
  end)
end

local function task(call)
  if not call.words[2] then
    return client.fail('which task, and what is it now? Say :Rutter task 2.1 done')
  end
  with_spec(call, function(spec)
    execute(call, 'setTask', { spec = spec, task = call.words[1], state = call.words[2] })
  end)
end

local function undo(call)
  execute(call, 'undo', { change = call.words[1] })
end

local function cancel(call)
  local jobs = (state.of(call.buf) or {}).jobs or {}
  if #jobs == 0 then
    return client.tell('nothing is running')
  end
  choose(jobs, 'Job', function(job)
    return job.title
  end, function(job)
    execute(call, 'cancel', { job = job.id })
  end)
end

local function show(call)
  local inside = state.spec(call.buf)
  execute(call, 'show', { what = call.words[1] or 'status', uri = inside and document(call) or nil })
end

local function lens()
  vim.lsp.codelens.run()
end

local SUB = {
  new = { run = new, command = 'newSpec', words = { '--workflow=', '--name=' } },
  ['from-code'] = { run = from_code, command = 'specFromCode', words = { '--name=' } },
  decide = { run = decide, command = 'decide' },
  approve = { run = approve, command = 'approve', words = { 'requirements', 'design', 'tasks' } },
  next = { run = for_spec('nextStage'), command = 'nextStage' },
  sync = { run = for_spec('sync'), command = 'sync' },
  task = { run = task, command = 'setTask', words = { 'pending', 'queued', 'running', 'done' } },
  undo = { run = undo, command = 'undo' },
  cancel = { run = cancel, command = 'cancel' },
  status = { run = show, command = 'show' },
  show = { run = show, command = 'show', words = { 'status', 'trace', 'requests' } },
  lens = { run = lens },
}

--- The callback of the user command.
function M.run(opts)
  local name = opts.fargs[1] or 'status'
  if not SUB[name] then
    return client.fail(('`%s` is unknown. See :help :Rutter'):format(name))
  end
  local words, given = {}, {}
  for _, word in ipairs(vim.list_slice(opts.fargs, 2)) do
    local key, value = word:match('^%-%-(%a+)=(.*)$')
    if key then
      given[key] = value
    else
      table.insert(words, word)
    end
  end
  local buf = vim.api.nvim_get_current_buf()
  client.get(buf, function(found)
    local call = { client = found, buf = buf, words = words, given = given, bang = opts.bang }
    call.text = table.concat(words, ' ')
    if opts.range > 0 then
      local last = vim.api.nvim_buf_get_lines(buf, opts.line2 - 1, opts.line2, false)[1] or ''
      local from, to = { opts.line1, 0 }, { opts.line2, #last }
      call.range = vim.lsp.util.make_given_range_params(from, to, buf, found.offset_encoding).range
    end
    SUB[name].run(call)
  end)
end

--- Completes the subcommands that the server offers, then their words.
function M.complete(lead, line)
  local name = line:match('Rutter!?%s+(%S+)%s')
  local running = vim.lsp.get_clients({ name = 'rutter' })[1]
  local items = name and (SUB[name] or {}).words
    or not name and vim.tbl_filter(function(key)
      local command = SUB[key].command
      return not (command and running) or vim.list_contains(client.commands(running), 'rutter.' .. command)
    end, vim.tbl_keys(SUB))
    or {}
  table.sort(items)
  return vim.tbl_filter(function(item)
    return vim.startswith(item, lead)
  end, items)
end

return M
