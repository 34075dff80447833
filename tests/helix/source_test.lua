-- A spec of what is selected in a source file, and the way from source to a criterion.
package.path = os.getenv('RUTTER_TESTS') .. '/helix/?.lua;' .. package.path
local h = require('helix')

local made = '.kiro/specs/sign-in-with-email-and-password/requirements.md'
h.write('src/routes/session.ts', {
  '// let customers sign in with email and password',
  '/* 🙂 spec:sign-in-with-email-and-password#1.1 */',
  'export const session = 1;',
})
h.start('src/routes/session.ts')

-- Something is always selected in Helix, at least one character: the whole line is selected first.
h.keys('x')
h.act('Make a spec of this selection')
h.disk(made, 'THE Auth_Service SHALL let customers sign in with email and password')

h.go_to('1\\.1')
h.ask('<Space>k', 'SHALL let customers sign in')
h.escape('SHALL let customers sign in')
h.keys('gd')
h.sees('## Requirements')
h.sees('requirements.md')
h.finish()
