-- A scripted language server on stdio for the plugin's mechanics: `nvim -l server.lua LOG`.
-- It writes every command it gets to LOG, one JSON object a line.
local log = assert(io.open(arg[1], 'a'))
local root

local function send(message)
  message.jsonrpc = '2.0'
  local body = vim.json.encode(message)
  io.stdout:write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
  io.stdout:flush()
end

local function read()
  local length
  for line in io.stdin:lines() do
    line = line:gsub('\r$', '')
    if line == '' then
      return vim.json.decode(io.stdin:read(length))
    end
    length = tonumber(line:match('^Content%-Length: (%d+)')) or length
  end
end

local function note(entry)
  log:write(vim.json.encode(entry), '\n')
  log:flush()
end

local state = {
  version = 1,
  specs = {
    {
      spec = 'login',
      workflow = 'requirements-first',
      stages = { { stage = 'requirements', state = 'draft' }, { stage = 'design', state = 'missing' } },
      decisions = { { id = 'D1', text = 'How many failures?', choices = { '3', '5' }, ids = { '1.1' } } },
      tasks = { total = 0, done = 0, running = 0, optional = 0 },
    },
  },
  hooks = vim.empty_dict(),
  jobs = { { id = 'j1', title = 'Drafting design', state = 'running', progress = 40 } },
}

local commands = { 'newSpec', 'decide', 'approve', 'nextStage', 'setTask', 'undo', 'cancel', 'show' }

local on = {}
local ask

function on.initialize(params)
  root = params.rootUri
  note({ init = params.initializationOptions, refresh = params.capabilities.workspace.codeLens })
  return {
    capabilities = {
      textDocumentSync = { openClose = true, change = 2, save = true },
      codeLensProvider = { resolveProvider = false },
      executeCommandProvider = {
        commands = vim.tbl_map(function(name)
          return 'rutter.' .. name
        end, commands),
      },
    },
  }
end

on['textDocument/codeLens'] = function(params)
  local start = { line = 0, character = 0 }
  local argument = { spec = params.textDocument.uri, stage = 'requirements' }
  local command = { title = 'Approve', command = 'rutter.approve', arguments = { argument } }
  return { { range = { start = start, ['end'] = start }, command = command } }
end

on['workspace/executeCommand'] = function(params)
  local given = params.arguments[1]
  note({ command = params.command, given = given, count = #params.arguments })
  if params.command == 'rutter.newSpec' and not given.prompt and not given.range then
    note({ input = ask('input', 'rutter/input', { title = 'What is wanted' }) })
  end
  if params.command == 'rutter.newSpec' then
    local uri = root .. '/.kiro/specs/login/requirements.md'
    local at = { line = 2, character = 0 }
    local shown = { uri = uri, takeFocus = true, selection = { start = at, ['end'] = at } }
    note({ shown = ask('show', 'window/showDocument', shown).success })
    return { uris = { uri }, change = 'c1', message = 'Drafted login' }
  elseif params.command == 'rutter.nextStage' then
    local uri = root .. '/.kiro/specs/login/design.md'
    ask('show', 'window/showDocument', { uri = uri, takeFocus = true })
    return { uris = { uri }, change = 'c2' }
  elseif params.command == 'rutter.setTask' then
    return nil,
      { code = -32803, message = 'There is no task 9.', data = { code = 'unknown-task', hint = 'See tasks.md.' } }
  end
  return { uris = {}, message = 'done ' .. params.command }
end

function on.shutdown()
  return vim.NIL
end

local function handle(message)
  if message.method == 'exit' then
    os.exit(0)
  elseif message.method == 'initialized' then
    send({ method = 'rutter/state', params = state })
  elseif message.method == 'textDocument/didSave' then
    note({ saved = message.params.textDocument.uri })
  elseif message.id and on[message.method] then
    local result, err = on[message.method](message.params)
    send({ id = message.id, result = not err and result or nil, error = err })
  elseif message.id and message.method then
    send({ id = message.id, error = { code = -32601, message = message.method } })
  end
end

--- Asks the client, and serves it until the reply is there.
function ask(id, method, params)
  send({ id = id, method = method, params = params })
  while true do
    local message = read() or os.exit(0)
    if message.id == id and not message.method then
      return message.result
    end
    handle(message)
  end
end

while true do
  handle(read() or os.exit(0))
end
