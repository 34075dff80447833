;;; source-test.el --- A spec of a comment -*- lexical-binding: t -*-

;;; Commentary:
;; From a comment in source to its requirements, and from a link in source to its criterion.

;;; Code:

(require 'rutter-lib)

;; One entry for both: eglot starts a server for each entry.
(add-to-list 'eglot-server-programs '((markdown-mode js-mode) . ("rutter" "lsp")))

(ert-deftest source ()
  (t-write "src/session.js" "// let customers sign in with email and password" ""
           "/* 🙂 spec:sign-in-with-email-and-password#1.1 */" "export const session = 1;")
  (t-open "src/session.js")
  (t-go-to "let customers")
  (t-act "Make a spec of this comment")
  (t-wait "the requirements are shown"
          (lambda ()
            (string-suffix-p "sign-in-with-email-and-password/requirements.md" (or (buffer-file-name (window-buffer)) ""))))
  (with-current-buffer (window-buffer)
    (should (string-search "SHALL let customers sign in with email and password" (buffer-string)))
    (t-wait "point is on the first open decision"
            (lambda () (save-excursion (goto-char (window-point)) (beginning-of-line) (looking-at-p "- \\*\\*D1\\*\\*")))))
  (switch-to-buffer (find-buffer-visiting (t-path "src/session.js")))
  (t-go-to "#1.1")
  (forward-char 1)
  (call-interactively #'xref-find-definitions)
  (should (looking-at-p ".*SHALL let customers sign in"))
  (t-wait "the requirements are attached to the same server" #'eglot-managed-p)
  (t-finish))

;;; source-test.el ends here
