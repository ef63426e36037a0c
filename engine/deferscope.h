// SPDX-License-Identifier: MIT
#pragma once

/// Everything that a program needs to use the engine by itself.

#include "engine/bridge/bridges.h"
#include "engine/clock/qtclock.h"
#include "engine/clock/virtualclock.h"
#include "engine/deferred/await.h"
#include "engine/deferred/deferred.h"
#include "engine/deferred/deferredlist.h"
#include "engine/deferred/locks.h"
#include "engine/deferred/race.h"
#include "engine/deferred/results.h"
#include "engine/task/cooperator.h"
#include "engine/task/deferlater.h"
#include "engine/task/filesystemlock.h"
#include "engine/task/loopingcall.h"
