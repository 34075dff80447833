;;; names-test.el --- Findings, hover, references, rename -*- lexical-binding: t -*-

;;; Commentary:
;; Each place has characters before it that are one character in Emacs, two units in UTF-16 and four bytes in UTF-8.

;;; Code:

(require 'rutter-lib)

(defconst names-requirements ".kiro/specs/limit/requirements.md")
(defconst names-tasks ".kiro/specs/limit/tasks.md")

(defun names-write ()
  "The spec to work on."
  (t-write names-requirements "# Requirements Document" "" "## Requirements" "" "### Requirement 1: Block" ""
           "#### Acceptance Criteria" "" "1. WHEN 🙂 five fail, THE Limiter SHALL lock" "2. THE Limiter SHALL log")
  (t-write names-tasks "# Implementation Plan" "" "- [ ] 1. 🙂 Count" "  - _Requirements: 1.1_"
           "- [ ] 2. 🙂 Log" "  - _Requirements: 1.2_")
  ;; Eglot counts in UTF-16 in buffers that it doesn't manage, whatever was agreed on; this line is the same in all units.
  (t-write "src/lock.ts" "/* 🙂 Requirements 1.1 */" "export function lock() {}"))

(ert-deftest names ()
  (names-write)
  (t-open names-tasks)

  ;; A finding on exactly the wrong number, gone with the editor's own undo.
  (buffer-enable-undo)
  (undo-boundary)
  (t-go-to "1.2_")
  (insert "🙂 9.9, ")
  (let ((finding (t-finding "no requirement or criterion 9.9")))
    (should (equal "9.9" (buffer-substring (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)))))
  (undo-boundary)
  (undo)
  (t-wait "the finding is gone" (lambda () (flymake-start) (null (t-findings))))

  ;; Hover, as eldoc asks for it.
  (t-go-to "1.2_")
  (let (told)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq told text)))
    (t-wait "hover shows the criterion" (lambda () (and told (string-search "THE Limiter SHALL log" told)))))

  ;; Go to, and references from the spec into source.
  (call-interactively #'xref-find-definitions)
  (should (string-suffix-p names-requirements (buffer-file-name)))
  (should (looking-at-p ".*THE Limiter SHALL log"))
  (t-wait "the requirements are attached" #'eglot-managed-p)
  (t-go-to "five fail")
  (t-wait "references into tasks and source"
          (lambda ()
            (let ((files (mapcar (lambda (found)
                                   (file-relative-name (xref-location-group (xref-item-location found)) (t-path "")))
                                 (xref-backend-references 'eglot nil))))
              (and (member names-tasks files) (member "src/lock.ts" files)))))

  ;; The criterion gets another number: all that name it follow, in buffers or not.
  (t-go-to "THE Limiter SHALL log")
  (beginning-of-line)
  (eglot-rename "1.1")
  (t-wait "the criterion stands first"
          (lambda () (string-search "1. THE Limiter SHALL log\n2. WHEN 🙂 five fail" (buffer-string))))
  (with-current-buffer (find-buffer-visiting (t-path names-tasks))
    (t-wait "the tasks follow"
            (lambda () (string-search "Count\n  - _Requirements: 1.2_\n- [ ] 2. 🙂 Log\n  - _Requirements: 1.1_" (buffer-string)))))
  (save-some-buffers t)
  (should (string-search "/* 🙂 Requirements 1.2 */" (t-disk "src/lock.ts")))
  (t-finish))

;;; names-test.el ends here
