;;; journey-test.el --- A decision, undo, an approval -*- lexical-binding: t -*-

;;; Commentary:
;; Eglot shows no lenses: what they offer elsewhere is in its menu of actions.

;;; Code:

(require 'rutter-lib)

(defconst journey-folder ".kiro/specs/sign-in-with-email-and-password/")

(ert-deftest journey ()
  (should (= 0 (call-process "rutter" nil nil nil "new" "let customers sign in with email and password")))
  (let ((requirements (concat journey-folder "requirements.md")))
    (t-open requirements)
    (let ((before (buffer-string)))
      ;; A decision, taken back by the editor's own undo, and taken again.
      (t-go-to "- **D1**")
      (undo-boundary)
      (t-act "D1: 12 hours")
      (t-wait "the answer stands in the text" (lambda () (string-search "idle for 12 hours" (buffer-string))))
      (should-not (string-search "**D1**" (buffer-string)))
      (undo-boundary)
      (undo)
      (should (equal before (buffer-string))))
    (t-go-to "- **D1**")
    (t-wait "the server knows" (lambda () (t-offers "D1: 12 hours")))
    (t-act "D1: 12 hours")
    (t-wait "the answer stands again" (lambda () (string-search "idle for 12 hours" (buffer-string))))
    (save-buffer)
    (should-not (string-search "**D1**" (t-disk requirements)))

    ;; The approval, which takes the first choice of the rest.
    (t-wait "the server offers approval of the rest" (lambda () (t-offers "first choice of 3 open decisions")))
    (t-act "Approve requirements")
    (t-wait "the approval is on disk"
            (lambda () (string-search "\"requirements\"" (or (t-disk (concat journey-folder "approvals.json")) ""))))
    (t-wait "no decision is left" (lambda () (not (string-search "**D2**" (buffer-string)))))
    (save-buffer)

    ;; The next stage opens by itself.
    (t-wait "the server offers the design" (lambda () (t-offers "Draft design.md")))
    (t-act "Draft design.md")
    (t-wait "the design is on disk" (lambda () (t-disk (concat journey-folder "design.md"))))
    (t-wait "the design is shown"
            (lambda ()
              (with-current-buffer (window-buffer)
                (string-suffix-p "design.md" (or (buffer-file-name) "")))))
    (t-finish)))

;;; journey-test.el ends here
