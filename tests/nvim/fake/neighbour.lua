-- An ordinary language server on stdio: `nvim -l neighbour.lua`. It answers everything on every file, always the same.
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

local function range(line, from, to)
  return { start = { line = line, character = from }, ['end'] = { line = line, character = to } }
end

local on = {}

function on.initialize()
  return {
    capabilities = {
      textDocumentSync = { openClose = true, change = 1 },
      hoverProvider = true,
      definitionProvider = true,
      referencesProvider = true,
      renameProvider = { prepareProvider = true },
      codeActionProvider = true,
      documentFormattingProvider = true,
    },
  }
end

on['textDocument/hover'] = function()
  return { contents = { kind = 'markdown', value = 'the neighbour says' } }
end

on['textDocument/definition'] = function(params)
  return { uri = params.textDocument.uri, range = range(2, 13, 17) }
end

on['textDocument/references'] = function(params)
  local uri = params.textDocument.uri
  return { { uri = uri, range = range(2, 13, 17) }, { uri = uri, range = range(4, 0, 4) } }
end

on['textDocument/prepareRename'] = function()
  return range(2, 13, 17)
end

on['textDocument/rename'] = function(params)
  local edits = { { range = range(2, 13, 17), newText = params.newName }, { range = range(4, 0, 4), newText = params.newName } }
  return { changes = { [params.textDocument.uri] = edits } }
end

on['textDocument/codeAction'] = function(params)
  local edit = { changes = { [params.textDocument.uri] = { { range = range(0, 0, 0), newText = '// acted\n' } } } }
  return { { title = 'Neighbour: act', kind = 'quickfix', edit = edit } }
end

on['textDocument/formatting'] = function()
  return { { range = range(6, 0, 2), newText = '' } }
end

function on.shutdown()
  return vim.NIL
end

while true do
  local message = read() or os.exit(0)
  if message.method == 'exit' then
    os.exit(0)
  elseif message.id and on[message.method] then
    send({ id = message.id, result = on[message.method](message.params) })
  elseif message.id and message.method then
    send({ id = message.id, error = { code = -32601, message = message.method } })
  end
end
