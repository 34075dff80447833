-- The `:Rutter` command: turns its words into one argument for the server.
local client = require('rutter.client')
local state = require('rutter.state')

local M = {}

---@class rutter.Call
---@field client vim.lsp.Client
---@field buf integer
---@field words string[] what stands after the subcommand, options taken out
---@field text string the same in one piece
---@field given table<string, any> the options, `--key=value`
---@field range table? the given lines, as an LSP range
---@field bang boolean

local function execute(call, command, argument, done)
  client.execute(call.client, command, { vim.tbl_extend('force', argument, call.given) }, done)
end

local function choose(items, prompt, format, done)
  if #items == 1 then
    return done(items[1], 1)
  end
  vim.ui.select(items, { prompt = prompt, kind = 'rutter', format_item = format }, function(item, index)
    if item then
      done(item, index)
    end
  end)
end

--- Calls `done` with the spec that is meant: the one the buffer belongs to, else the user's choice.
local function with_spec(call, done)
  if call.given.spec then
    return done(call.given.spec)
  end
  if state.in_spec(call.buf) then
    return done(vim.uri_from_bufnr(call.buf))
  end
  local specs = (state.of(call.buf) or {}).specs or {}
  if #specs == 0 then
    return client.fail('there is no spec yet. Make one with :Rutter new')
  end
  choose(specs, 'Spec', function(spec)
    return spec.spec
  end, function(spec)
    done(spec.spec)
  end)
end

--- A command that needs to know nothing but the spec.
local function for_spec(command)
  return function(call)
    with_spec(call, function(spec)
      execute(call, command, { spec = spec })
    end)
  end
end

local function document(call)
  local name = vim.api.nvim_buf_get_name(call.buf)
  return name ~= '' and vim.bo[call.buf].buftype == '' and vim.uri_from_bufnr(call.buf) or nil
end

local function prompt(call, key, title, done)
  if call.text ~= '' then
    return done({ [key] = call.text })
  end
  vim.ui.input({ prompt = title .. ': ' }, function(text)
    if text and text ~= '' then
      done({ [key] = text })
    end
  end)
end

local function new(call)
  local argument = { uri = document(call), range = call.range }
  if call.text ~= '' then
    argument.prompt = call.text
  end
  execute(call, 'rutter.newSpec', argument)
end

local function refine(call)
  prompt(call, 'instruction', 'What should change', function(argument)
    argument.uri, argument.range = document(call), call.range
    execute(call, 'rutter.refine', argument)
  end)
end

local function decide(call)
  with_spec(call, function(spec)
    if call.words[2] then
      local choice = table.concat(call.words, ' ', 2)
      return execute(call, 'rutter.decide', { spec = spec, decision = call.words[1], choice = tonumber(choice) or choice })
    end
    local open = {}
    for _, one in ipairs((state.of(call.buf) or {}).specs or {}) do
      local own = one.spec == spec or (state.in_spec(call.buf) and one == state.spec(call.buf))
      if own then
        open = vim.tbl_filter(function(decision)
          return not call.words[1] or decision.id == call.words[1]
        end, one.decisions or {})
      end
    end
    if #open == 0 then
      return client.tell('no decision is open')
    end
    choose(open, 'Decision', function(decision)
      return decision.id .. ' ' .. decision.text
    end, function(decision)
      vim.ui.select(decision.choices, { prompt = decision.text, kind = 'rutter' }, function(_, index)
        if index then
          execute(call, 'rutter.decide', { spec = spec, decision = decision.id, choice = index })
        end
      end)
    end)
  end)
end

local STAGES = { requirements = 'requirements', bugfix = 'requirements', design = 'design', tasks = 'tasks' }

local function approve(call)
  local stage = STAGES[call.words[1] or vim.fs.basename(vim.api.nvim_buf_get_name(call.buf)):match('^[^.]*')]
  if not stage then
    return client.fail('which stage is approved? Say :Rutter approve requirements, design or tasks')
  end
  with_spec(call, function(spec)
    execute(call, 'rutter.approve', { spec = spec, stage = stage, acceptDefaults = call.bang or nil })
  end)
end

local function task(call)
  if not call.words[2] then
    return client.fail('which task, and what is it now? Say :Rutter task 2.1 done')
  end
  with_spec(call, function(spec)
    execute(call, 'rutter.setTask', { spec = spec, task = call.words[1], state = call.words[2] })
  end)
end

local function undo(call)
  local last = client.last_change(call.client)
  local change = call.words[1] or last
  if not change then
    return client.tell('nothing was changed from this editor yet')
  end
  execute(call, 'rutter.undo', { change = change }, function(err)
    if not err and change == last then
      client.undone(call.client)
    end
  end)
end

local function cancel(call)
  local jobs = (state.of(call.buf) or {}).jobs or {}
  if #jobs == 0 then
    return client.tell('nothing is running')
  end
  choose(jobs, 'Job', function(job)
    return job.title
  end, function(job)
    execute(call, 'rutter.cancel', { job = job.id })
  end)
end

local function show(what)
  return function(call)
    execute(call, 'rutter.show', { what = what or call.words[1] or 'status', uri = document(call) })
  end
end

local SUB = {
  new = { command = 'rutter.newSpec', run = new, words = { '--workflow=', '--name=' } },
  refine = { command = 'rutter.refine', run = refine },
  decide = { command = 'rutter.decide', run = decide },
  approve = { command = 'rutter.approve', run = approve, words = { 'requirements', 'design', 'tasks' } },
  next = { command = 'rutter.nextStage', run = for_spec('rutter.nextStage') },
  sync = { command = 'rutter.sync', run = for_spec('rutter.sync') },
  task = { command = 'rutter.setTask', run = task, words = { 'pending', 'queued', 'running', 'done' } },
  undo = { command = 'rutter.undo', run = undo },
  cancel = { command = 'rutter.cancel', run = cancel },
  status = { command = 'rutter.show', run = show('status') },
  show = { command = 'rutter.show', run = show(), words = { 'status', 'state', 'trace' } },
  lens = { run = function() vim.lsp.codelens.run() end }, -- stylua: ignore
  action = { run = function() vim.lsp.buf.code_action() end }, -- stylua: ignore
}

---@param words string[]
---@return string[] rest, table<string, any> given
local function take_options(words)
  local rest, given = {}, {}
  for _, word in ipairs(words) do
    local key, value = word:match('^%-%-(%a+)=(.*)$')
    if key then
      given[key] = value == 'true' or (value ~= 'false' and value)
    else
      table.insert(rest, word)
    end
  end
  return rest, given
end

local function range_of(opts, buf, encoding)
  if opts.range == 0 then
    return nil
  end
  local last = vim.api.nvim_buf_get_lines(buf, opts.line2 - 1, opts.line2, false)[1] or ''
  local params = vim.lsp.util.make_given_range_params({ opts.line1, 0 }, { opts.line2, #last }, buf, encoding)
  return params.range
end

--- The callback of the user command.
function M.run(opts)
  local words = vim.list_slice(opts.fargs)
  local name = table.remove(words, 1) or 'status'
  local sub = SUB[name]
  if not sub then
    return client.fail(('`%s` is unknown. See :help :Rutter'):format(name))
  end
  local buf = vim.api.nvim_get_current_buf()
  client.get(buf, function(found)
    local rest, given = take_options(words)
    sub.run({
      client = found,
      buf = buf,
      words = rest,
      text = table.concat(rest, ' '),
      given = given,
      range = range_of(opts, buf, found.offset_encoding),
      bang = opts.bang,
    })
  end)
end

--- Completes subcommands that the server offers, then their words.
function M.complete(lead, line)
  local name = line:match('Rutter!?%s+(%S+)%s')
  local items
  if name then
    items = (SUB[name] or {}).words or {}
  else
    local running = vim.lsp.get_clients({ name = 'rutter' })[1]
    items = vim.tbl_filter(function(key)
      return not running or not SUB[key].command or client.offers(running, SUB[key].command)
    end, vim.tbl_keys(SUB))
    table.sort(items)
  end
  return vim.tbl_filter(function(item)
    return vim.startswith(item, lead)
  end, items)
end

return M
