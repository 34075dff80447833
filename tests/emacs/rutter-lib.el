;;; rutter-lib.el --- What the Emacs tests share -*- lexical-binding: t -*-

;;; Commentary:
;; Emacs with eglot and the set-up of the README, driven in batch as a person would.

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'ert)
(require 'flymake)
(require 'xref)

(setq eglot-sync-connect 10
      eglot-confirm-server-edits nil
      eglot-autoshutdown nil
      flymake-no-changes-timeout 0.01
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      native-comp-jit-compilation nil)

(define-derived-mode markdown-mode text-mode "Markdown"
  "Stands in for the package of that name, which Emacs doesn't bring.")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))

(defun t-set-up-as-in-readme ()
  "Evaluate the line of the README for Emacs."
  (with-temp-buffer
    (insert-file-contents (getenv "RUTTER_README"))
    (search-forward "**Emacs** with eglot: `")
    (eval (read (current-buffer)) t)))
(t-set-up-as-in-readme)

(defun t-path (file)
  "The path of FILE of the project."
  (expand-file-name file (getenv "RUTTER_PROJECT")))

(defun t-write (file &rest lines)
  "Write LINES to FILE of the project."
  (make-directory (file-name-directory (t-path file)) t)
  (let ((coding-system-for-write 'utf-8))
    (write-region (mapconcat (lambda (line) (concat line "\n")) lines "") nil (t-path file) nil 'silent)))

(defun t-disk (file)
  "What FILE of the project holds on disk, or nil."
  (when (file-exists-p (t-path file))
    (with-temp-buffer
      (insert-file-contents (t-path file))
      (buffer-string))))

(defun t-flush ()
  "Tell the server what was typed: Emacs does so when idle, which it never is in batch."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (and (bound-and-true-p eglot--managed-mode) (eglot-current-server))
        (eglot--signal-textDocument/didChange)))))

(defun t-wait (what condition)
  "Wait until CONDITION holds and return what it returned; WHAT names it."
  (let ((end (+ (float-time) 10)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (t-flush)
      (accept-process-output nil 0.01)
      ;; What eglot puts off until Emacs is idle is due now.
      (dolist (timer timer-idle-list)
        (ignore-errors (timer-event-handler timer))))
    (unless value
      (ert-fail (list (concat "never: " what) (buffer-name) (t-findings) (buffer-string))))
    (message "ok %s" what)
    value))

(defun t-open (file)
  "Show FILE of the project and attach the server, as `M-x eglot' does."
  (find-file (t-path file))
  (eglot-ensure)
  (unless (eglot-current-server)
    (apply #'eglot--connect (eglot--guess-contact)))
  (t-wait (concat "attached to " file) (lambda () (and (eglot-managed-p) (eglot-current-server)))))

(defun t-findings ()
  "The texts of what flymake shows here."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun t-finding (words)
  "Wait for a finding that holds WORDS."
  (t-wait (concat "finding " words)
          (lambda ()
            (flymake-start)
            (cl-find-if (lambda (d) (string-search words (flymake-diagnostic-text d))) (flymake-diagnostics)))))

(defun t-go-to (words)
  "Put point on the first place of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun t-offers (words)
  "Whether the server offers an action here whose title holds WORDS."
  (cl-some (lambda (action) (string-search words (plist-get action :title)))
           (eglot-code-actions (point) nil)))

(defun t-act (words)
  "Take the code action whose title holds WORDS, from the menu a person sees."
  (let ((last-nonmenu-event ?x)
        (completing-read-function
         (lambda (_prompt choices &rest _)
           (let ((titles (all-completions "" choices)))
             (or (cl-find-if (lambda (title) (string-search words title)) titles)
                 (ert-fail (list "no such entry" words titles)))))))
    (eglot-code-actions (point) nil nil t)))

(defun t-finish ()
  "End the server as leaving Emacs would; no process may stay."
  (let* ((server (eglot-current-server))
         (process (jsonrpc--process server))
         (id (process-id process)))
    (eglot-shutdown server)
    (t-wait "the server has left" (lambda () (not (process-live-p process))))
    (should (= 0 (process-exit-status process)))
    (should-not (process-attributes id))))

(provide 'rutter-lib)
;;; rutter-lib.el ends here
