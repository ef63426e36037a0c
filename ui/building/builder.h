// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/copyas.h"
#include "engine/session/session.h"
#include "ui/building/functionform.h"
#include "ui/building/target.h"
#include "ui/document/scriptdocument.h"
#include "ui/theme/theme.h"
#include "ui/viewstate/viewstate.h"

#include <QObject>

namespace deferscope::ui {

class EditDialog;

/// Turns what a person does to the picture into edits of the document: asks what has to be asked, and makes
/// one change of it with a readable name.
class Builder final : public QObject
{
    Q_OBJECT

public:
    Builder(ScriptDocument &document, const Session &session, ViewState &viewState, const Theme &theme,
            QWidget *window);

    void setTheme(const Theme &theme) { m_theme = theme; }

    void addDeferred();
    void addLink(DeferredId deferred, int index, edit::LinkKind kind); ///< in front of link number \a index
    void addLinkToSelection(edit::LinkKind kind);  ///< behind the selected link, or at the end
    void editPiece(DeferredId deferred, int link); ///< link -1: the Deferred itself
    void editSelection();
    void removeSelection();
    void duplicateSelection();
    void copySelection();
    void cutSelection(); ///< a link: it stays in its place until it is pasted
    void paste();        ///< a link behind the selected one, a Deferred as one more
    void moveLink(DeferredId from, int link, DeferredId to, int index);
    void moveSelection(int by); ///< up or down its chain
    void setKind(DeferredId deferred, int link, edit::LinkKind kind);
    void returnDeferred(DeferredId from, int link, DeferredId returned);
    void chain(DeferredId from, DeferredId to);
    void collectSelection(const QString &maker); ///< gatherResults or DeferredList
    void byHand(Input::Kind kind);       ///< to the selected Deferred, at the step
    void changeByHand(int index);                ///< asks for another value and time
    void removeByHand(int index);
    QString sentenceFor(const Input &input) const; ///< `fire delayed with 'x'`
    void copyAsCpp();                                      ///< the script as a C++ program, likewise
    void copyAs(exporting::ChainForm form);                ///< the selected chain, to the clipboard
    void setDelay(const edit::Place &timer, double seconds, int dragging);

Q_SIGNALS:
    void refused(const QString &message);
    void copied(const QString &what);
    void aboutToEdit();

private:
    /// What was copied or cut: known by what stands in the text, which other edits do not change.
    struct Taken
    {
        QString name; ///< of its Deferred; empty: nothing
        QString call; ///< of a link; empty: the Deferred itself
        bool isCut = false;
    };

    void take(bool isCut);
    std::optional<edit::Place> takenLink(const edit::Source &source) const;
    void pasteDeferred(const edit::Source &source);
    std::optional<edit::Source> source(); ///< of the picture that is shown; says why when there is none
    void make(const edit::Result &result, const QString &what, int dragging = 0);
    bool askValue(const edit::Source &source, Input &input);
    bool ask(EditDialog &dialog, const QString &what);
    FormChoices choicesFor(const edit::Source &source, DeferredId deferred, const QString &parameter) const;
    void refuse(const QString &message) { Q_EMIT refused(message); }

    ScriptDocument &m_document;
    const Session &m_session;
    ViewState &m_viewState;
    Theme m_theme;
    QWidget *m_window;
    Target m_target;
    Taken m_taken;
};

} // namespace deferscope::ui
