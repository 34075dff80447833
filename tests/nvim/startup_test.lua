-- What the plugin costs at start, as Neovim itself measures it: printed, and held only to ten times the aim of 1 ms.
package.path = os.getenv('RUTTER_TESTS') .. '/?.lua;' .. package.path
local t = require('lib')

local plugin = vim.fs.joinpath(assert(os.getenv('RUTTER_EDITORS')), 'nvim')
local best = math.huge
for _ = 1, 5 do
  local log = vim.fn.tempname()
  local args = { '--headless', '-n', '-i', 'NONE', '--startuptime', log, '--cmd', 'set rtp^=' .. plugin, '+qa!' }
  local out = vim.system({ t.nvim, '-u', 'NORC', unpack(args) }, { text = true }):wait(10000)
  t.check('starts and ends quietly', out.code == 0 and out.stderr == '')
  for _, line in ipairs(vim.fn.readfile(log)) do
    local ms = line:match('^%d+%.%d+%s+(%d+%.%d+)%s+.*sourcing .*nvim/plugin/rutter%.lua')
    best = math.min(best, tonumber(ms) or math.huge)
  end
end
t.say(('plugin/rutter.lua takes %.3f ms at start'):format(best))
t.check('the plugin was loaded, in far less than a noticeable time', best < 10)

local before = vim.uv.hrtime()
vim.opt.runtimepath:append(plugin)
vim.cmd.source(plugin .. '/plugin/rutter.lua')
t.say(('sourcing it again by hand takes %.3f ms'):format((vim.uv.hrtime() - before) / 1e6))
t.check(
  'nothing of it is loaded before it is used',
  vim.iter(pairs(package.loaded)):all(function(name)
    return not vim.startswith(name, 'rutter')
  end)
)

t.finish()
