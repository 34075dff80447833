-- A good neighbour: with an ordinary server beside us, every feature of it on source does what it does without us.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

local FILE = 'src/plain.ts'
local LINES = { '// what this file is for', '', 'export const tax = 3;', '', 'tax + tax;', '', '  tax;' }
vim.fn.mkdir(t.project .. '/.kiro/specs/taxes', 'p')
t.write('.kiro/specs/taxes/requirements.md', {
  '# Requirements Document', '', '## Requirements', '', '### Requirement 1: Tax', '', '#### Acceptance Criteria', '', '1. THE Shop SHALL add tax',
})
t.write(FILE, LINES)
t.use_plugin()

--- What a person sees of each feature, from the source as it was, with so many servers.
local function everything(servers)
  local seen = {}
  local function fresh(words)
    vim.cmd('silent edit!')
    t.wait(servers .. ' at work', function()
      local there = vim.lsp.get_clients({ bufnr = 0 })
      return #there == servers and vim.iter(there):all(function(client)
        return client.initialized
      end)
    end)
    t.go_to(words)
  end

  fresh('tax = 3')
  vim.lsp.buf.hover()
  local window = t.wait('a hover', function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(win)
      return vim.api.nvim_win_get_config(win).relative ~= ''
    end)
  end)
  seen.hover = t.text(vim.api.nvim_win_get_buf(window))
  vim.api.nvim_win_close(window, true)

  fresh('tax + tax')
  local function listed(key)
    return {
      on_list = function(list)
        seen[key] = vim.tbl_map(function(item)
          return item.lnum .. ':' .. item.col
        end, list.items)
      end,
    }
  end
  vim.lsp.buf.definition(listed('definition'))
  vim.lsp.buf.references({ includeDeclaration = true }, listed('references'))
  t.wait('places', function()
    return seen.definition and seen.references
  end)

  vim.lsp.buf.rename('levy')
  t.wait('renamed', function()
    return t.text():find('levy', 1, true)
  end)
  seen.rename = t.text()

  fresh('tax = 3')
  t.pick('Neighbour: act')
  t.type('gra')
  t.wait('its action is applied', function()
    return vim.startswith(t.text(), '// acted')
  end)
  seen.action = t.text()

  fresh('tax = 3')
  vim.lsp.buf.format({ timeout_ms = 5000 })
  seen.format = t.text()
  -- Neovim names the servers where there are two.
  seen.menu = t.menus[1][1]:gsub(' %[neighbour%]$', '')
  seen.entries, seen.lenses, seen.said = #t.menus[1], #t.lenses(), t.said
  t.menus, t.said = {}, {}

  return seen
end

vim.lsp.config('neighbour', {
  cmd = { t.nvim, '--headless', '-u', 'NONE', '-n', '-l', os.getenv('RUTTER_TESTS') .. '/fake/neighbour.lua' },
  filetypes = { 'typescript' },
})
vim.lsp.enable('neighbour')

t.edit(FILE)
t.attached()
local with_us = everything(2)

vim.lsp.enable('rutter', false)
t.wait('ours is gone', function()
  return #vim.lsp.get_clients({ name = 'rutter' }) == 0
end)
local alone = everything(1)
for feature, without in pairs(alone) do
  local same = vim.deep_equal(with_us[feature], without)
  t.check(feature .. ' is the same with us and without: ' .. vim.inspect(same or { with_us[feature], without }), same)
end
t.check('it was asked and answered: ' .. alone.hover, alone.hover == 'the neighbour says' and #alone.references == 2)

t.finish()
