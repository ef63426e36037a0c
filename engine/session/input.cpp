// SPDX-License-Identifier: MIT
#include "input.h"

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(Input::Kind kind)
{
    switch (kind) {
    case Input::Kind::Fire: return u"fire"_s;
    case Input::Kind::Fail: return u"fail"_s;
    case Input::Kind::Cancel: return u"cancel"_s;
    case Input::Kind::Pause: return u"pause"_s;
    case Input::Kind::Unpause: return u"unpause"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject toJson(const Input &input)
{
    return {{u"step"_s, input.step},
            {u"deferred"_s, qint64(input.deferred.value)},
            {u"action"_s, nameOf(input.kind)},
            {u"value"_s, input.value}};
}

} // namespace deferscope
